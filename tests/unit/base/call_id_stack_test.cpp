#include "hiratake/base/call_id_stack.hpp"

#include <gmock/gmock.h>

namespace hiratake {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

TEST(CallIdStack, begins_empty) {
    const CallIdStack stack;
    EXPECT_TRUE(stack.empty());
    EXPECT_THAT(stack, IsEmpty());
}

TEST(CallIdStack, keeps_ids_in_order_an_empty_one_too) {
    CallIdStack stack{"a.b.1", ""};
    stack.push_back_joined({"mail", ".", "send"});
    EXPECT_THAT(stack, ElementsAre("a.b.1", "", "mail.send"));
    EXPECT_EQ(stack.size(), 3U);
    EXPECT_EQ(stack.front(), "a.b.1");
    EXPECT_EQ(stack.back(), "mail.send");
}

TEST(CallIdStack, gives_up_its_oldest) {
    CallIdStack stack{"1", "22", "333"};
    EXPECT_THAT(stack.take_oldest(2), ElementsAre("1", "22"));
    EXPECT_THAT(stack, ElementsAre("333"));
    EXPECT_EQ(stack.back(), "333");
    stack.push_back("4");
    EXPECT_THAT(stack, ElementsAre("333", "4"));
    EXPECT_EQ(stack.back(), "4");
}

TEST(CallIdStack, gives_up_all) {
    CallIdStack stack{"1", "22"};
    EXPECT_EQ(stack.take_oldest(2).back(), "22");
    EXPECT_TRUE(stack.empty());
    stack.push_back("3");
    EXPECT_EQ(stack.back(), "3");
}

TEST(CallIdStack, equals_one_of_the_same_ids) {
    EXPECT_EQ((CallIdStack{"a", "b"}), (CallIdStack{"a", "b"}));
    EXPECT_NE((CallIdStack{"a", "b"}), (CallIdStack{"ab"}));
    EXPECT_NE((CallIdStack{"a"}), CallIdStack{});
}

}  // namespace
}  // namespace hiratake
