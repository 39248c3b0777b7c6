#include "compute.hpp"

#include <gtest/gtest.h>

#include <hiratake/testing.hpp>

#include "mail.hpp"

namespace {

using hiratake::testing::FakeMailbox;
using hiratake::testing::FakeServices;
using hiratake::testing::TestRunner;

TEST(Compute, mails_the_result_and_returns_it) {
    FakeServices services;
    Compute compute{.mail = services.proxy("mail")};

    EXPECT_EQ(compute.compute("sum", 30, 10, "name@email.com"), 40);

    const auto mails = services.calls_of("mail.send");
    ASSERT_EQ(mails.size(), 1u);
    EXPECT_EQ(hiratake::Value{mails[0].args},
              (hiratake::Value{hiratake::Array{"name@email.com", "Your operation is complete!", "The result is: 40"}}));
}

TEST(Compute, mails_the_reason_when_it_cannot_compute_and_fails) {
    FakeServices services;
    Compute compute{.mail = services.proxy("mail")};

    EXPECT_THROW(compute.compute("div", 30, 0, "name@email.com"), std::invalid_argument);

    EXPECT_EQ(services.calls_of("mail.send").at(0).args.at(1), hiratake::Value{"An error occurred"});
    EXPECT_EQ(services.calls_of("mail.send").at(0).args.at(2), hiratake::Value{"division by zero"});
}

TEST(Compute, computes_each_operation_within_the_range_of_its_type) {
    EXPECT_EQ(Compute::calculate("sub", 30, 10), 20);
    EXPECT_EQ(Compute::calculate("mul", 30, 10), 300);
    EXPECT_EQ(Compute::calculate("div", 30, 10), 3);
    EXPECT_THROW(Compute::calculate("mul", 1L << 62, 4), std::overflow_error);
    EXPECT_THROW(Compute::calculate("pow", 2, 3), std::invalid_argument);
}

TEST(Mail, sends_what_it_is_told) {
    FakeMailbox mailbox;
    Mail mail{.mailer = mailbox.mailer()};

    mail.send("name@email.com", "testing", "Just testing");

    ASSERT_EQ(mailbox.mails().size(), 1u);
    EXPECT_EQ(mailbox.mails()[0].to, std::vector<std::string>{"name@email.com"});
    EXPECT_EQ(mailbox.mails()[0].subject, "testing");
    EXPECT_EQ(mailbox.mails()[0].text, "Just testing");
}

class ComputeAndMail : public testing::Test {
  protected:
    void SetUp() override {
        auto mail = hiratake::define_service<Mail>();
        hiratake::testing::replace_dependency(mail, &Mail::mailer, mailbox.mailer());
        runner.add(std::move(mail));
        runner.add(hiratake::define_service<Compute>());
        runner.start();
    }

    FakeMailbox mailbox;
    TestRunner runner;
};

TEST_F(ComputeAndMail, bring_the_result_to_the_caller_and_into_the_mailbox) {
    EXPECT_EQ(runner.service("compute").call<long>("compute", "sum", 30, 10, "name@email.com"), 40);
    runner.wait_until_idle();
    ASSERT_EQ(mailbox.mails().size(), 1u);
    EXPECT_EQ(mailbox.mails()[0].text, "The result is: 40");
}

TEST_F(ComputeAndMail, lose_no_mail_when_the_connection_breaks) {
    runner.faults().cut({hiratake::testing::Direction::to_broker, "basic.ack", 3});
    for (int value = 0; value < 10; ++value) runner.fire<&Compute::compute>("sum", value, 1, "name@email.com");
    runner.wait_until_idle();
    EXPECT_GE(mailbox.mails().size(), 10u);
}

}  // namespace
