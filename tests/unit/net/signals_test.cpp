#include "net/signals.hpp"

#include <csignal>
#include <vector>

#include "loop_fixture.hpp"

namespace hiratake::net {
namespace {

TEST_F(LoopTest, signals_arrive_on_the_loop_and_are_counted) {
    std::vector<std::pair<int, int>> arrived;
    Signals signals(loop_, {SIGINT, SIGTERM}, [&](int signal_number, int count) {
        EXPECT_TRUE(loop_.is_loop_thread());
        arrived.emplace_back(signal_number, count);
    });
    std::raise(SIGTERM);
    EXPECT_TRUE(run_until([&] { return arrived.size() == 1; }));
    std::raise(SIGINT);
    EXPECT_TRUE(run_until([&] { return arrived.size() == 2; }));
    EXPECT_EQ(arrived, (std::vector<std::pair<int, int>>{{SIGTERM, 1}, {SIGINT, 2}}));
}

TEST_F(LoopTest, signals_mean_what_they_meant_before_once_nobody_listens) {
    {
        Signals signals(loop_, {SIGINT, SIGTERM}, [](int, int) { FAIL(); });
    }
    loop_.poll();
    struct sigaction action {};
    ASSERT_EQ(sigaction(SIGTERM, nullptr, &action), 0);
    EXPECT_EQ(action.sa_handler, SIG_DFL);
}

}  // namespace
}  // namespace hiratake::net
