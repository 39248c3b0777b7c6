#include <gmock/gmock.h>

#include <filesystem>
#include <string>
#include <thread>
#include <vector>

#include "support/service_test.hpp"

namespace hiratake {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;

constexpr int many = 300;

struct Kitchen {
    static constexpr auto name = "test_fibers_kitchen";
    RpcProxy kitchen{"test_fibers_kitchen"};
    EventDispatcher dispatch;

    /// Each calls the next, and waits for it.
    long descend(long depth) { return depth == 0 ? 0 : 1 + kitchen.call<long>("descend", depth - 1); }
    long nap(long result) {
        pause_for(20ms);
        return result;
    }
    std::string where() {
        const auto here = std::this_thread::get_id();
        const auto there = run_blocking([] { return std::this_thread::get_id(); });
        return here == there ? "here" : "elsewhere";
    }
    void announce(int count) {
        for (int i = 0; i < count; ++i) dispatch("served", i);
    }

    static void define(Service<Kitchen>& kitchen) {
        kitchen.rpc<&Kitchen::descend>("depth");
        kitchen.rpc<&Kitchen::nap>("result");
        kitchen.rpc<&Kitchen::where>();
        kitchen.rpc<&Kitchen::announce>("count");
    }
};

Config on_fibers(int max_workers) {
    return Config{}.with("workers", "fibers").with("max_workers", max_workers);
}

class Fibers : public test::ServiceTest {
  protected:
    RpcProxy kitchen() { return service("test_fibers_kitchen"); }
    /// The threads of this process.
    static std::size_t threads() {
        std::size_t count = 0;
        for ([[maybe_unused]] const auto& each : std::filesystem::directory_iterator("/proc/self/task")) ++count;
        return count;
    }
};

TEST_P(Fibers, holds_hundreds_of_workers_that_wait_for_replies) {
    run<Kitchen>(on_fibers(many + 1));
    const std::size_t before = threads();
    EXPECT_EQ(kitchen().call<long>("descend", many), many);
    EXPECT_LT(threads(), before + 20);
    EXPECT_TRUE(stop());
}

TEST_P(Fibers, sleeps_side_by_side) {
    run<Kitchen>(on_fibers(many));
    std::vector<Reply<long>> replies;
    for (int i = 0; i < many; ++i) replies.push_back(kitchen().call_async<long>("nap", i));
    for (int i = 0; i < many; ++i) EXPECT_EQ(replies[static_cast<std::size_t>(i)].result(), i);
}

TEST_P(Fibers, runs_what_blocks_on_another_thread) {
    run<Kitchen>(on_fibers(10));
    EXPECT_EQ(kitchen().call<std::string>("where"), "elsewhere");
}

TEST_P(Fibers, waits_for_confirms_on_the_thread_that_brings_them) {
    run<Kitchen>(on_fibers(10));
    EXPECT_NO_THROW(kitchen().call("announce", 100));
}

TEST_P(Fibers, says_which_kinds_of_workers_there_are) {
    try {
        run<Kitchen>(Config{}.with("workers", "fibres"));
        FAIL() << "no exception";
    } catch (const ConfigurationError& error) {
        EXPECT_THAT(error.what(), HasSubstr("workers: 'fibres' is not known; give threads or fibers"));
    }
    try {
        run<Kitchen>(on_fibers(10).with("fibers.stack_bytes", 100));
        FAIL() << "no exception";
    } catch (const ConfigurationError& error) {
        EXPECT_THAT(error.what(), HasSubstr("fibers.stack_bytes: 100 is too little"));
    }
}

INSTANTIATE_TEST_SUITE_P(over, Fibers, test::all_brokers(), test::broker_name);

}  // namespace
}  // namespace hiratake
