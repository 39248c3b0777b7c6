#include "hiratake/testing/fake_events.hpp"

#include <gtest/gtest.h>

namespace hiratake::testing {
namespace {

TEST(FakeEvents, keep_what_is_dispatched) {
    FakeEvents events;
    const EventDispatcher dispatch = events.dispatcher();
    dispatch("sold", "tea");
    dispatch("sold_out", 0);
    ASSERT_EQ(events.events().size(), 2u);
    EXPECT_EQ(events.events()[0].type, "sold");
    EXPECT_EQ(events.events()[0].data, Value{"tea"});
    EXPECT_EQ(events.events()[1].type, "sold_out");
}

}  // namespace
}  // namespace hiratake::testing
