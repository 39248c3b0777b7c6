#include "wire/deadline_header.hpp"

#include <gtest/gtest.h>

namespace hiratake::wire {
namespace {

using namespace std::chrono_literals;

TEST(DeadlineHeader, is_a_moment_in_whole_milliseconds_and_never_later_than_meant) {
    amqp::Table headers;
    write_deadline(headers, WallTime{1'700'000'000'123'999'999ns});
    EXPECT_EQ(headers, (amqp::Table{{"hiratake.deadline_ms", std::int64_t{1'700'000'000'123}}}));
    EXPECT_EQ(read_deadline(headers), WallTime{1'700'000'000'123ms});
}

TEST(DeadlineHeader, counts_as_none_when_it_is_no_moment) {
    EXPECT_EQ(read_deadline({}), std::nullopt);
    EXPECT_EQ(read_deadline({{"hiratake.deadline_ms", "soon"}}), std::nullopt);
    EXPECT_EQ(read_deadline({{"hiratake.deadline_ms", -1}}), std::nullopt);
    EXPECT_EQ(read_deadline({{"hiratake.deadline_ms", std::int64_t{1} << 62}}), std::nullopt);
}

}  // namespace
}  // namespace hiratake::wire
