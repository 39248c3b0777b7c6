#include <gtest/gtest.h>

#include <stdexcept>

#include "hiratake/service/backoff.hpp"
#include "messaging/message_transfer.hpp"
#include "messaging/queue_lease.hpp"
#include "messaging/retry_verdict.hpp"

namespace hiratake::messaging {
namespace {

using namespace std::chrono_literals;
using Action = MessageTransfer::Action;
using client::PublishStatus;

constexpr TimePoint start{1h};

template <class Exception>
std::exception_ptr thrown(Exception exception) {
    return std::make_exception_ptr(std::move(exception));
}
const std::exception_ptr some_error = thrown(std::runtime_error("no"));

EntrypointOptions with(RetrySchedule schedule) {
    return EntrypointOptions{}.retry(std::move(schedule));
}

TEST(RetryVerdict, waits_as_the_schedule_says_and_then_parks) {
    const auto options = with({10ms, 20ms});
    EXPECT_EQ(judge(options, 0, some_error).delay, 10ms);
    EXPECT_EQ(judge(options, 1, some_error).delay, 20ms);
    EXPECT_EQ(judge(options, 2, some_error).delay, std::nullopt);
    EXPECT_EQ(judge(options, 2, some_error).failures, 3U);
}

TEST(RetryVerdict, spreads_the_delays_over_few_that_there_are) {
    const auto options = with(RetrySchedule({55s}).jitter(0.2));
    EXPECT_EQ(judge(options, 0, some_error, 0.0).delay, 44s);
    EXPECT_EQ(judge(options, 0, some_error, 0.123).delay, 47s);
    EXPECT_EQ(judge(options, 0, some_error, 1.0).delay, 66s);
}

TEST(RetryVerdict, parks_at_once_what_the_method_cannot_be_called_with) {
    EXPECT_EQ(judge(with({10ms}), 0, nullptr).delay, std::nullopt);
}

TEST(RetryVerdict, retries_only_after_the_exceptions_that_are_named) {
    EntrypointOptions options;
    options.retry<std::logic_error, std::overflow_error>({10ms});
    EXPECT_EQ(judge(options, 0, some_error).delay, std::nullopt);
    EXPECT_EQ(judge(options, 0, thrown(std::overflow_error("big"))).delay, 10ms);
    EXPECT_EQ(judge(options, 0, thrown(std::invalid_argument("derived"))).delay, 10ms);
    EXPECT_EQ(judge(options, 0, thrown(Backoff("busy"))).delay, 10ms);
    EXPECT_EQ(judge(options, 0, thrown(42)).delay, std::nullopt);
}

TEST(RetryVerdict, waits_as_long_as_the_method_asks_within_the_limit) {
    const auto options = with({10ms, 20ms});
    EXPECT_EQ(judge(options, 0, thrown(Backoff("busy", 3s))).delay, 3s);
    EXPECT_EQ(judge(options, 1, thrown(Backoff("busy", 3s))).delay, 3s);
    EXPECT_EQ(judge(options, 2, thrown(Backoff("busy", 3s))).delay, std::nullopt);
}

TEST(RetryVerdict, knows_few_delays_that_a_method_may_ask_for) {
    EXPECT_EQ(in_two_digits(-5ms), 1ms);
    EXPECT_EQ(in_two_digits(99ms), 99ms);
    EXPECT_EQ(in_two_digits(100ms), 100ms);
    EXPECT_EQ(in_two_digits(101ms), 110ms);
    EXPECT_EQ(in_two_digits(12'345ms), 13'000ms);
    EXPECT_EQ(in_two_digits(999ms), 1'000ms);
    EXPECT_EQ(in_two_digits(1000h), RetrySchedule::longest_delay);
}

TEST(MessageTransfer, acknowledges_only_after_the_confirm) {
    MessageTransfer transfer;
    EXPECT_EQ(transfer.next(), Action::publish);
    transfer.published({PublishStatus::confirmed, ""}, start);
    EXPECT_EQ(transfer.next(), Action::acknowledge);
}

TEST(MessageTransfer, publishes_again_with_growing_waits_and_gives_the_original_back_in_the_end) {
    for (const auto status : {PublishStatus::returned, PublishStatus::rejected, PublishStatus::timed_out,
                              PublishStatus::refused, PublishStatus::overloaded}) {
        MessageTransfer transfer;
        for (const Duration wait : {1s, 2s, 4s, 8s}) {
            ASSERT_EQ(transfer.next(), Action::publish);
            transfer.published({status, "no"}, start);
            ASSERT_EQ(transfer.next(), Action::wait);
            EXPECT_EQ(transfer.wait_until(), Deadline{start + wait});
            transfer.waited();
        }
        transfer.published({status, "no"}, start);
        EXPECT_EQ(transfer.next(), Action::give_back);
    }
}

TEST(MessageTransfer, acknowledges_a_copy_that_is_confirmed_at_a_later_try) {
    MessageTransfer transfer;
    transfer.published({PublishStatus::timed_out, ""}, start);
    transfer.waited();
    transfer.published({PublishStatus::confirmed, ""}, start + 1s);
    EXPECT_EQ(transfer.next(), Action::acknowledge);
}

TEST(MessageTransfer, gives_the_original_back_at_once_with_a_lost_connection_and_when_the_service_stops) {
    MessageTransfer lost;
    lost.published({PublishStatus::connection_lost, ""}, start);
    EXPECT_EQ(lost.next(), Action::give_back);

    MessageTransfer stopped;
    stopped.published({PublishStatus::rejected, ""}, start);
    stopped.stopped();
    EXPECT_EQ(stopped.next(), Action::give_back);
}

TEST(QueueLease, is_renewed_in_time_and_ends_for_each_queue_by_itself) {
    QueueLease lease{4s};
    EXPECT_TRUE(lease.renew("a", start));
    EXPECT_FALSE(lease.renew("a", start + 999ms));
    EXPECT_EQ(lease.ends("a"), Deadline{start + 4s});
    EXPECT_TRUE(lease.renew("b", start + 999ms));
    EXPECT_TRUE(lease.renew("a", start + 1s));
    EXPECT_EQ(lease.ends("a"), Deadline{start + 5s});
    EXPECT_EQ(lease.ends("b"), Deadline{start + 4999ms});
}

}  // namespace
}  // namespace hiratake::messaging
