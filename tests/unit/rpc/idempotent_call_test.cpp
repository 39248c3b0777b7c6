#include <gtest/gtest.h>

#include <atomic>
#include <thread>

#include "hiratake/base/manual_clock.hpp"
#include "hiratake/rpc/rpc_proxy.hpp"

namespace hiratake::rpc {
namespace {

using namespace std::chrono_literals;

/// Fails all calls at once, by a clock that stands still.
class Unreachable final : public RpcCaller {
  public:
    PendingResult call(RpcRequest) override {
        ++calls;
        throw RequestNotSent("nobody is there");
    }
    Duration timeout() const override { return no_timeout; }
    const Clock& clock() const override { return time; }

    ManualClock time;
    std::atomic<int> calls = 0;
};

TEST(IdempotentCall, waits_by_the_clock_of_its_caller) {
    Unreachable caller;
    const RpcProxy stock = RpcProxy{"stock", caller}.idempotent({1h, 2h});
    std::atomic<bool> is_over = false;
    std::thread calling{[&] {
        EXPECT_THROW(stock.call("count"), RequestNotSent);
        is_over = true;
    }};
    const Deadline patience = Deadline::after(SystemClock{}.now(), 20s);
    while (!is_over && !patience.passed(SystemClock{}.now())) {
        caller.time.advance(30min);
        std::this_thread::yield();
    }
    EXPECT_TRUE(is_over);
    calling.join();
    EXPECT_EQ(caller.calls, 3);
}

}  // namespace
}  // namespace hiratake::rpc
