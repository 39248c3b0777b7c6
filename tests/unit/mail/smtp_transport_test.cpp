#include "mail/smtp_transport.hpp"

#include <gmock/gmock.h>

#include "hiratake/base/error.hpp"
#include "hiratake/base/manual_clock.hpp"
#include "hiratake/mail/mail_error.hpp"

namespace hiratake::mail {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

std::string refusal(const MailSettings& settings) {
    const ManualClock clock;
    try {
        SmtpTransport transport{settings, clock};
    } catch (const ConfigurationError& error) {
        return error.what();
    }
    return "accepted";
}

TEST(SmtpTransport, names_the_server_with_its_usual_port) {
    EXPECT_EQ(smtp_url({.host = "mx", .security = MailSecurity::none}), "smtp://mx:25");
    EXPECT_EQ(smtp_url({.host = "mx"}), "smtp://mx:587");
    EXPECT_EQ(smtp_url({.host = "mx", .security = MailSecurity::smtps}), "smtps://mx:465");
    EXPECT_EQ(smtp_url({.host = "::1", .port = 1234}), "smtp://[::1]:1234");
}

TEST(SmtpTransport, refuses_to_send_a_password_in_the_clear_over_a_network) {
    MailSettings settings{.host = "mx.example.com", .security = MailSecurity::none, .user = "u", .password = "hush"};
    EXPECT_THAT(refusal(settings), AllOf(HasSubstr("mx.example.com unencrypted"), Not(HasSubstr("hush"))));
    settings.allow_plaintext_auth = true;
    EXPECT_EQ(refusal(settings), "accepted");
    settings.allow_plaintext_auth = false;
    settings.host = "127.0.0.1";
    EXPECT_EQ(refusal(settings), "accepted");
    settings.host = "mx.example.com";
    settings.security = MailSecurity::starttls;
    EXPECT_EQ(refusal(settings), "accepted");
}

TEST(SmtpTransport, refuses_limits_of_zero) {
    EXPECT_THAT(refusal({.host = "mx", .max_connections = 0}), HasSubstr("smtp.max_connections"));
    EXPECT_THAT(refusal({.host = "mx", .timeout = std::chrono::milliseconds{0}}), HasSubstr("smtp.timeout"));
}

}  // namespace
}  // namespace hiratake::mail
