#include "net/unique_function.hpp"

#include <gtest/gtest.h>

#include <array>
#include <memory>
#include <string>

namespace hiratake::net {
namespace {

TEST(UniqueFunction, carries_what_can_only_be_moved) {
    UniqueFunction<int()> function = [value = std::make_unique<int>(7)] { return *value; };
    auto moved = std::move(function);
    EXPECT_FALSE(function);
    EXPECT_EQ(moved(), 7);
}

TEST(UniqueFunction, carries_what_does_not_fit_in_place) {
    std::array<int, 100> many{};
    many[99] = 5;
    UniqueFunction<int()> function = [many, owner = std::make_unique<int>(1)] { return many[99] + *owner; };
    auto moved = std::move(function);
    EXPECT_EQ(moved(), 6);
}

TEST(UniqueFunction, hands_arguments_on_without_copying_them) {
    UniqueFunction<int(std::unique_ptr<int>, int&)> function = [](std::unique_ptr<int> given, int& result) {
        return result = *given;
    };
    int result = 0;
    EXPECT_EQ(function(std::make_unique<int>(3), result), 3);
    EXPECT_EQ(result, 3);
}

TEST(UniqueFunction, destroys_its_callable_exactly_once) {
    // Shared between this test and the function under test.
    auto token = std::make_shared<int>(0);
    {
        UniqueFunction<void()> first = [token] {};
        UniqueFunction<void()> second = std::move(first);
        UniqueFunction<void()> third;
        third = std::move(second);
        EXPECT_EQ(token.use_count(), 2);
        third = nullptr;
        EXPECT_EQ(token.use_count(), 1);
        third = [token, padding = std::array<char, 200>{}] { (void)padding; };
        EXPECT_EQ(token.use_count(), 2);
    }
    EXPECT_EQ(token.use_count(), 1);
}

TEST(UniqueFunction, ignores_a_result_that_nobody_wants) {
    int calls = 0;
    UniqueFunction<void()> function = [&calls] { return ++calls; };
    function();
    EXPECT_EQ(calls, 1);
}

}  // namespace
}  // namespace hiratake::net
