#include "mail/mail_sender.hpp"

#include <gmock/gmock.h>

#include <vector>

#include "hiratake/base/manual_clock.hpp"
#include "hiratake/mail/mail_error.hpp"

namespace hiratake::mail {
namespace {

using testing::ElementsAre;

class Notebook final : public MailTransport {
  public:
    explicit Notebook(std::vector<ComposedMail>& mails) : mails_(mails) {}
    std::string deliver(const ComposedMail& mail) override {
        if (mail.subject == "refused") throw MailError("cannot send the mail", 550);
        mails_.push_back(mail);
        return "notebook";
    }

  private:
    std::vector<ComposedMail>& mails_;
};

class Sending : public testing::Test {
  protected:
    ManualClock clock;
    Random random{1};
    std::vector<std::string> lines;
    Log log{LogLevel::info, [this](const LogRecord& record) { lines.emplace_back(record.message); }};
    std::vector<ComposedMail> mails;
    MailSender sender{
        {.from = "Robot <robot@example.com>"}, std::make_unique<Notebook>(mails), clock, random, {log, "mail"}};
};

TEST_F(Sending, fills_in_the_configured_sender) {
    sender.send({.to = {"name@email.com"}, .subject = "testing"});
    sender.send({.from = "me@example.com", .to = {"name@email.com"}});
    ASSERT_EQ(mails.size(), 2U);
    EXPECT_EQ(mails[0].sender, "robot@example.com");
    EXPECT_EQ(mails[1].sender, "me@example.com");
}

TEST_F(Sending, logs_one_line_for_each_mail) {
    sender.send({.to = {"name@email.com"}, .cc = {"Bob <bob@email.com>"}, .subject = "testing"});
    EXPECT_THAT(lines, ElementsAre("mail to name@email.com, bob@email.com: \"testing\" → notebook"));
}

TEST_F(Sending, refuses_a_configured_sender_that_is_no_address) {
    const auto make = [&] { MailSender{{.from = "nobody"}, clock, random, {log, "mail"}}; };
    EXPECT_THROW(make(), ConfigurationError);
}

TEST_F(Sending, passes_the_transports_error_on) {
    EXPECT_THROW(sender.send({.to = {"name@email.com"}, .subject = "refused"}), MailError);
    EXPECT_TRUE(lines.empty());
}

}  // namespace
}  // namespace hiratake::mail
