#include "hiratake/payload/value.hpp"

#include <gtest/gtest.h>

#include <limits>

#include "hiratake/payload/conversion_error.hpp"

namespace hiratake {
namespace {

TEST(Value, is_null_unless_told_otherwise) {
    EXPECT_TRUE(Value{}.is_null());
    EXPECT_TRUE(Value(nullptr).is_null());
    EXPECT_FALSE(Value(0).is_null());
}

TEST(Value, takes_what_cpp_has) {
    EXPECT_EQ(Value(true).kind(), Value::Kind::boolean);
    EXPECT_EQ(Value(short{1}).kind(), Value::Kind::integer);
    EXPECT_EQ(Value(1u).kind(), Value::Kind::integer);
    EXPECT_EQ(Value(1.5f).kind(), Value::Kind::real);
    EXPECT_EQ(Value("a").kind(), Value::Kind::string);
    EXPECT_EQ(Value(std::string_view("a")).kind(), Value::Kind::string);
    EXPECT_EQ(Value(Array{1}).kind(), Value::Kind::array);
    EXPECT_EQ(Value(Object{{"a", 1}}).kind(), Value::Kind::object);
}

TEST(Value, keeps_integers_beyond_64_bits_as_digits) {
    const auto most = std::numeric_limits<std::uint64_t>::max();
    EXPECT_EQ(Value(most).kind(), Value::Kind::big_integer);
    EXPECT_EQ(Value(most).to_unsigned(), most);
    EXPECT_EQ(Value(std::uint64_t{7}), Value(7));
    EXPECT_EQ(Value(BigInteger{"123"}), Value(123));
    EXPECT_EQ(Value(BigInteger{"-9223372036854775808"}).as_integer(), std::numeric_limits<std::int64_t>::min());
    EXPECT_EQ(Value(BigInteger{"-9223372036854775809"}).kind(), Value::Kind::big_integer);
    EXPECT_EQ(Value(BigInteger{"18446744073709551616"}).to_unsigned(), std::nullopt);
    EXPECT_EQ(Value(-1).to_unsigned(), std::nullopt);
    EXPECT_EQ(Value("1").to_unsigned(), std::nullopt);
    EXPECT_DOUBLE_EQ(Value(BigInteger{"100000000000000000000"}).as_double(), 1e20);
}

TEST(Value, refuses_to_be_read_as_another_kind) {
    EXPECT_THROW(Value(1).as_bool(), ConversionError);
    EXPECT_THROW(Value(1.0).as_integer(), ConversionError);
    EXPECT_THROW(Value("1").as_double(), ConversionError);
    EXPECT_THROW(Value(Array{}).as_object(), ConversionError);
    EXPECT_THROW(Value(nullptr).as_string(), ConversionError);
    try {
        Value(true).as_array();
        FAIL() << "read a boolean as an array";
    } catch (const ConversionError& error) {
        EXPECT_STREQ(error.what(), "expected an array, got a boolean");
    }
    EXPECT_EQ(Value(2).as_double(), 2.0);
}

TEST(Value, does_not_take_an_integer_for_its_real_twin) {
    EXPECT_NE(Value(1), Value(1.0));
    EXPECT_NE(Value(true), Value(1));
    EXPECT_EQ(Value(Array{1, "a"}), Value(Array{1, "a"}));
}

TEST(Object, keeps_order_and_the_last_of_equal_names) {
    const Object object{{"b", 1}, {"a", 2}, {"b", 3}};
    ASSERT_EQ(object.size(), 2u);
    EXPECT_EQ(object.begin()->name, "b");
    EXPECT_EQ(*object.find("b"), Value(3));
    EXPECT_EQ(object.find("c"), nullptr);
    EXPECT_TRUE(object.contains("a"));
}

TEST(Object, drops_equal_names_among_many) {
    std::vector<Member> members;
    for (int i = 0; i < 60; ++i) members.push_back({"name" + std::to_string(i % 20), i});
    const Object object(std::move(members));
    ASSERT_EQ(object.size(), 20u);
    int expected = 0;
    for (const Member& member : object) {
        EXPECT_EQ(member.name, "name" + std::to_string(expected));
        EXPECT_EQ(member.value, Value(40 + expected));
        ++expected;
    }
}

TEST(Object, sets_and_erases) {
    Object object;
    object.set("a", 1);
    object.set("b", 2);
    object.set("a", 3) = 4;
    EXPECT_EQ(object, (Object{{"b", 2}, {"a", 4}}));
    EXPECT_TRUE(object.erase("b"));
    EXPECT_FALSE(object.erase("b"));
    EXPECT_EQ(object.size(), 1u);
}

TEST(Object, compares_without_regard_to_order) {
    EXPECT_EQ((Object{{"a", 1}, {"b", 2}}), (Object{{"b", 2}, {"a", 1}}));
    EXPECT_FALSE((Object{{"a", 1}, {"b", 2}}) == (Object{{"a", 1}, {"b", 3}}));
    EXPECT_FALSE((Object{{"a", 1}}) == (Object{{"a", 1}, {"b", 3}}));
    EXPECT_FALSE((Object{{"a", 1}, {"c", 3}}) == (Object{{"a", 1}, {"b", 3}}));
}

TEST(Value, finds_members_of_objects_only) {
    EXPECT_EQ(*Value(Object{{"a", 1}}).find("a"), Value(1));
    EXPECT_EQ(Value(Array{1}).find("a"), nullptr);
}

}  // namespace
}  // namespace hiratake
