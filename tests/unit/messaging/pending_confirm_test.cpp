#include "messaging/pending_confirm.hpp"

#include <gtest/gtest.h>

#include "hiratake/messaging/confirm.hpp"
#include "hiratake/messaging/publish_error.hpp"
#include "support/test_environment.hpp"

namespace hiratake::messaging {
namespace {

class ConfirmTest : public testing::Test {
  protected:
    test::TestEnvironment environment_;
    std::shared_ptr<PendingConfirm> pending_ = std::make_shared<PendingConfirm>(
        Logger{environment_.log, "messaging"}, Deadline::after(environment_.clock.now(), std::chrono::seconds{30}),
        environment_.clock);
    std::optional<Confirm> confirm_{Confirm{pending_}};
    const std::exception_ptr error_ = std::make_exception_ptr(PublishError("no such exchange"));
};

TEST_F(ConfirmTest, is_ready_when_the_broker_has_answered) {
    EXPECT_FALSE(confirm_->ready());
    pending_->settle(nullptr);
    EXPECT_TRUE(confirm_->ready());
    confirm_->wait();
    confirm_->wait();
}

TEST_F(ConfirmTest, throws_what_went_wrong_each_time) {
    pending_->settle(error_);
    EXPECT_THROW(confirm_->wait(), PublishError);
    EXPECT_THROW(confirm_->wait(), PublishError);
    confirm_.reset();
    EXPECT_TRUE(environment_.log_lines().empty()) << "somebody knows already";
}

TEST_F(ConfirmTest, that_is_dropped_has_its_error_logged_before_or_after) {
    pending_->settle(error_);
    confirm_.reset();
    EXPECT_TRUE(environment_.logged("published without waiting: no such exchange"));

    const auto later =
        std::make_shared<PendingConfirm>(Logger{environment_.log, "messaging"}, Deadline::never(), environment_.clock);
    Confirm{later};
    EXPECT_EQ(environment_.log_lines().size(), 1u);
    later->settle(error_);
    EXPECT_EQ(environment_.log_lines().size(), 2u);
}

TEST_F(ConfirmTest, does_not_wait_for_ever) {
    environment_.clock.advance(std::chrono::seconds{31});
    EXPECT_THROW(confirm_->wait(), PublishError);
}

}  // namespace
}  // namespace hiratake::messaging
