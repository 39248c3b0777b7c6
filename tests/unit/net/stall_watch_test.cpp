#include "net/stall_watch.hpp"

#include <gtest/gtest.h>

namespace hiratake::net {
namespace {

using Finding = StallWatch::Finding;

TEST(StallWatch, finds_what_lasts_from_one_check_to_the_next_once) {
    StallWatch watch;
    watch.begin();
    EXPECT_EQ(watch.check(), Finding::moving);
    EXPECT_EQ(watch.check(), Finding::stalled);
    EXPECT_EQ(watch.check(), Finding::known);
    watch.end();
    EXPECT_EQ(watch.check(), Finding::moving);
    EXPECT_EQ(watch.check(), Finding::resting);
}

TEST(StallWatch, takes_two_short_slices_for_no_long_one) {
    StallWatch watch;
    watch.begin();
    EXPECT_EQ(watch.check(), Finding::moving);
    watch.end();
    watch.begin();
    EXPECT_EQ(watch.check(), Finding::moving);
}

TEST(StallWatch, tells_of_the_first_slice_after_a_rest) {
    StallWatch watch;
    EXPECT_EQ(watch.check(), Finding::resting);
    EXPECT_TRUE(watch.rest());
    EXPECT_TRUE(watch.begin());
    watch.end();
    EXPECT_FALSE(watch.begin());
}

TEST(StallWatch, does_not_rest_when_something_has_run_since_the_check) {
    StallWatch watch;
    EXPECT_EQ(watch.check(), Finding::resting);
    watch.begin();
    EXPECT_FALSE(watch.rest());
}

}  // namespace
}  // namespace hiratake::net
