#include "hiratake/service/health.hpp"

#include <gtest/gtest.h>

namespace hiratake {
namespace {

TEST(Health, is_that_of_the_worst_part) {
    Health health;
    EXPECT_EQ(health.summary().state, HealthState::ready);
    HealthReport report{HealthState::ready, "consuming"};
    const auto consumer = health.add("consumer", [&] { return report; });
    const auto workers = health.add("workers", [] { return HealthReport{HealthState::ready, "available"}; });
    EXPECT_EQ(health.summary().state, HealthState::ready);
    report = {HealthState::not_ready, "restoring", "the connection was lost"};
    const auto summary = health.summary();
    EXPECT_EQ(summary.state, HealthState::not_ready);
    ASSERT_EQ(summary.parts.size(), 2u);
    EXPECT_EQ(summary.parts[0].name, "consumer");
    EXPECT_EQ(summary.parts[0].report.detail, "the connection was lost");
    report.state = HealthState::failed;
    EXPECT_EQ(health.summary().state, HealthState::failed);
}

TEST(Health, forgets_a_part_that_has_gone) {
    Health health;
    auto part = health.add("consumer", [] { return HealthReport{HealthState::failed, "ended"}; });
    part.end();
    EXPECT_EQ(health.summary().state, HealthState::ready);
    EXPECT_TRUE(health.summary().parts.empty());
}

TEST(Health, is_neither_ready_nor_failed_while_the_process_stops) {
    Health health;
    const auto part = health.add("consumer", [] { return HealthReport{HealthState::failed, "ended"}; });
    health.begin_to_stop();
    EXPECT_EQ(health.summary().state, HealthState::not_ready);
}

}  // namespace
}  // namespace hiratake
