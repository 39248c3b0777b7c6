#include "websocket/push_queue.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <thread>

#include "net/event_loop.hpp"

namespace hiratake::websocket {
namespace {

/// The loop is run by hand.
class PushQueueTest : public testing::Test {
  protected:
    static PushQueue::Push push(const std::string& text) { return {{"ann"}, encode_frame(Opcode::text, text)}; }

    Log log_{LogLevel::error, [](const LogRecord&) {}};
    SystemClock clock_;
    net::EventLoop loop_{log_, clock_};
    std::vector<std::string> delivered_;
    std::shared_ptr<PushQueue> queue_ = std::make_shared<PushQueue>(
        loop_, [this](const PushQueue::Push& each) { delivered_.push_back(each.frame->substr(2)); });
};

TEST_F(PushQueueTest, delivers_in_order_all_that_waits_in_one_go) {
    queue_->push(push("one"));
    queue_->push(push("two"));
    queue_->push({{}, encode_frame(Opcode::text, "for nobody")});
    EXPECT_EQ(loop_.poll(), 1u);
    EXPECT_EQ(delivered_, (std::vector<std::string>{"one", "two"}));
    queue_->push(push("three"));
    loop_.poll();
    EXPECT_EQ(delivered_.back(), "three");
}

TEST_F(PushQueueTest, delivers_at_once_on_the_loops_thread) {
    loop_.post([&] {
        queue_->push(push("now"));
        EXPECT_EQ(delivered_, std::vector<std::string>{"now"});
    });
    loop_.poll();
}

TEST_F(PushQueueTest, lets_workers_wait_when_it_is_full) {
    for (std::size_t i = 0; i < PushQueue::capacity; ++i) queue_->push(push("x"));
    std::atomic<bool> is_through = false;
    std::thread worker([&] {
        queue_->push(push("last"));
        is_through = true;
    });
    EXPECT_TRUE(loop_.run_until([&] { return is_through && delivered_.size() == PushQueue::capacity + 1; },
                                std::chrono::seconds{20}));
    worker.join();
    EXPECT_EQ(delivered_.back(), "last");
}

TEST_F(PushQueueTest, keeps_no_worker_waiting_and_delivers_nothing_once_closed) {
    for (std::size_t i = 0; i < PushQueue::capacity; ++i) queue_->push(push("x"));
    std::thread worker([&] { queue_->push(push("last")); });
    queue_->close();
    worker.join();
    loop_.poll();
    EXPECT_TRUE(delivered_.empty());
}

TEST_F(PushQueueTest, may_go_before_the_loop_comes_to_it) {
    queue_->push(push("late"));
    queue_.reset();
    loop_.poll();
    EXPECT_TRUE(delivered_.empty());
}

}  // namespace
}  // namespace hiratake::websocket
