#include "timer/tick_gate.hpp"

#include <gtest/gtest.h>

#include "timer/interval_recurrence.hpp"

namespace hiratake::timer {
namespace {

using namespace std::chrono_literals;
using Verdict = TickGate::Verdict;

constexpr WallTime at(Duration since_epoch) {
    return WallTime{since_epoch};
}

TickGate gate_of_seconds(MissedTicks missed_ticks, long max_caught_up = 1000) {
    return {std::make_shared<IntervalRecurrence>(1s), {.missed_ticks = missed_ticks, .max_caught_up = max_caught_up}};
}

TEST(TickGate, lets_each_tick_run_once_whoever_hands_it_over) {
    TickGate gate = gate_of_seconds(MissedTicks::skip);
    EXPECT_EQ(gate.judge(at(10s), at(10s)), Verdict::run);
    gate.end(at(10s + 1ms));
    EXPECT_EQ(gate.judge(at(10s), at(10s + 2ms)), Verdict::known);
    EXPECT_EQ(gate.judge(at(11s), at(11s)), Verdict::run);
    EXPECT_EQ(gate.judge(at(10s), at(11s)), Verdict::known) << "from one whose clock is late";
}

TEST(TickGate, skips_what_came_due_while_another_ran) {
    TickGate gate = gate_of_seconds(MissedTicks::skip);
    EXPECT_EQ(gate.judge(at(10s), at(10s)), Verdict::run);
    gate.end(at(12s + 500ms));
    EXPECT_EQ(gate.judge(at(11s), at(12s + 501ms)), Verdict::missed);
    EXPECT_EQ(gate.judge(at(11s), at(12s + 501ms)), Verdict::known);
    EXPECT_EQ(gate.judge(at(12s), at(12s + 501ms)), Verdict::missed);
    EXPECT_EQ(gate.judge(at(13s), at(13s)), Verdict::run);
}

TEST(TickGate, runs_the_last_of_those_missed_for_all) {
    TickGate gate = gate_of_seconds(MissedTicks::run_once);
    EXPECT_EQ(gate.judge(at(10s), at(10s)), Verdict::run);
    gate.end(at(12s + 500ms));
    EXPECT_EQ(gate.judge(at(11s), at(12s + 501ms)), Verdict::missed);
    EXPECT_EQ(gate.judge(at(12s), at(12s + 501ms)), Verdict::run);
}

TEST(TickGate, catches_up_with_so_many_at_most) {
    TickGate gate = gate_of_seconds(MissedTicks::catch_up, 2);
    EXPECT_EQ(gate.judge(at(10s), at(10s)), Verdict::run);
    gate.end(at(15s + 500ms));
    EXPECT_EQ(gate.judge(at(11s), at(15s + 501ms)), Verdict::run);
    EXPECT_EQ(gate.judge(at(12s), at(15s + 502ms)), Verdict::run);
    EXPECT_EQ(gate.judge(at(13s), at(15s + 503ms)), Verdict::missed);
    EXPECT_EQ(gate.judge(at(16s), at(16s)), Verdict::run) << "in time, and the count begins anew";
    gate.end(at(17s + 500ms));
    EXPECT_EQ(gate.judge(at(17s), at(17s + 501ms)), Verdict::run);
}

// An instance that has died had it, and the broker hands it over again when others have run.
TEST(TickGate, runs_a_tick_that_comes_after_later_ones) {
    TickGate gate = gate_of_seconds(MissedTicks::skip);
    EXPECT_EQ(gate.judge(at(9s), at(9s)), Verdict::run);
    gate.end(at(9s + 1ms));
    EXPECT_EQ(gate.judge(at(11s), at(11s)), Verdict::run);
    gate.end(at(11s + 1ms));
    EXPECT_EQ(gate.judge(at(10s), at(11s + 2ms)), Verdict::run);
    gate.end(at(11s + 3ms));
    EXPECT_EQ(gate.judge(at(10s), at(11s + 4ms)), Verdict::known);
    EXPECT_EQ(gate.judge(at(11s), at(11s + 4ms)), Verdict::known);
    EXPECT_EQ(gate.judge(at(12s), at(12s)), Verdict::run);
}

TEST(TickGate, remembers_so_many_and_takes_older_ones_for_known) {
    TickGate gate = gate_of_seconds(MissedTicks::skip);
    constexpr auto count = static_cast<int>(TickGate::most_remembered);
    for (int i = 1; i <= count + 1; ++i) {
        EXPECT_EQ(gate.judge(at(2s * i), at(2s * i)), Verdict::run);
        gate.end(at(2s * i));
    }
    EXPECT_EQ(gate.judge(at(1s), at(2s * count)), Verdict::known) << "older than all that is remembered";
    EXPECT_EQ(gate.judge(at(2s), at(2s * count)), Verdict::known) << "the one that was forgotten last";
    EXPECT_EQ(gate.judge(at(4s), at(2s * count)), Verdict::known);
    EXPECT_EQ(gate.judge(at(5s), at(2s * count)), Verdict::run);
}

// What the instance before this one was handed, and had not run to its end when it died.
TEST(TickGate, runs_a_tick_that_comes_late) {
    TickGate gate = gate_of_seconds(MissedTicks::skip);
    EXPECT_EQ(gate.judge(at(10s), at(70s)), Verdict::run);
    gate.end(at(70s));
    EXPECT_EQ(gate.judge(at(11s), at(70s)), Verdict::missed);
}

}  // namespace
}  // namespace hiratake::timer
