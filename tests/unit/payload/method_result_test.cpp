#include "hiratake/payload/method_result.hpp"

#include <gtest/gtest.h>

#include "hiratake/payload/json.hpp"

namespace hiratake {
namespace {

TEST(MethodResult, is_null_at_first) {
    EXPECT_TRUE(MethodResult{}.is_null());
    EXPECT_EQ(MethodResult{}.value(), Value{});
    EXPECT_EQ(MethodResult{}.json(), nullptr);
}

TEST(MethodResult, is_a_value_without_json) {
    const MethodResult result{Value{5}};
    EXPECT_EQ(result.value(), Value{5});
    EXPECT_EQ(result.json(), nullptr);
    EXPECT_FALSE(result.is_null());
}

TEST(MethodResult, is_json_that_can_be_read_more_than_once) {
    const MethodResult result = MethodResult::of_json("[1, 2]");
    EXPECT_EQ(*result.json(), "[1, 2]");
    EXPECT_EQ(result.value(), (Array{1, 2}));
    EXPECT_EQ(result.value(), (Array{1, 2}));
    EXPECT_FALSE(result.is_null());
    EXPECT_TRUE(MethodResult::of_json("null").is_null());
}

TEST(MethodResult, that_could_not_be_written_says_so_to_whoever_asks) {
    const MethodResult result = MethodResult::unwritable(std::make_exception_ptr(JsonError("no UTF-8")));
    EXPECT_THROW(result.value(), JsonError);
    EXPECT_THROW(result.json(), JsonError);
    EXPECT_THROW(result.is_null(), JsonError);
}

}  // namespace
}  // namespace hiratake
