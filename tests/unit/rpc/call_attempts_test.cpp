#include "rpc/call_attempts.hpp"

#include <gtest/gtest.h>

namespace hiratake::rpc {
namespace {

using namespace std::chrono_literals;

constexpr TimePoint start{1h};

TEST(CallAttempts, share_what_is_left) {
    CallAttempts attempts{{1s, 2s}, Deadline{start + 30s}};
    EXPECT_EQ(attempts.share(start), Deadline{start + 10s});
    EXPECT_TRUE(attempts.may_go_on(start + 10s));
    EXPECT_EQ(attempts.next_at(), Deadline{start + 11s});
    EXPECT_EQ(attempts.share(start + 11s), Deadline{start + 20s + 500ms});
    EXPECT_TRUE(attempts.may_go_on(start + 12s));
    EXPECT_EQ(attempts.next_at(), Deadline{start + 14s});
    EXPECT_EQ(attempts.share(start + 14s), Deadline{start + 30s});
    EXPECT_FALSE(attempts.may_go_on(start + 15s));
}

TEST(CallAttempts, end_with_the_deadline) {
    CallAttempts attempts{{1s, 2s}, Deadline{start + 3s}};
    EXPECT_TRUE(attempts.may_go_on(start + 1s));
    EXPECT_FALSE(attempts.may_go_on(start + 2s));
}

TEST(CallAttempts, take_their_time_without_a_deadline) {
    CallAttempts attempts{{1s}, Deadline::never()};
    EXPECT_EQ(attempts.share(start), Deadline::never());
    EXPECT_TRUE(attempts.may_go_on(start + 100h));
    EXPECT_FALSE(attempts.may_go_on(start + 200h));
}

}  // namespace
}  // namespace hiratake::rpc
