#include "wire/field_value.hpp"

#include <gtest/gtest.h>

#include <limits>

namespace hiratake::wire {
namespace {

char letter_of(const Value& value) {
    return to_field_value(value).letter();
}

TEST(FieldValue, has_the_letters_that_python_writes) {
    EXPECT_EQ(letter_of(nullptr), 'V');
    EXPECT_EQ(letter_of(true), 't');
    EXPECT_EQ(letter_of(5), 'I');
    EXPECT_EQ(letter_of(2147483647), 'I');
    EXPECT_EQ(letter_of(-2147483647), 'I');
    EXPECT_EQ(letter_of(2147483648), 'L');
    EXPECT_EQ(letter_of(-2147483648), 'L');
    EXPECT_EQ(letter_of(1.5), 'd');
    EXPECT_EQ(letter_of("text"), 'S');
    EXPECT_EQ(letter_of(Array{1}), 'A');
    EXPECT_EQ(letter_of(Object{}), 'F');
    EXPECT_EQ(to_field_value(std::numeric_limits<std::uint64_t>::max()), amqp::FieldValue("18446744073709551615"));
}

TEST(FieldValue, round_trips_what_json_has) {
    const Value value = Object{{"a", Array{1, -5'000'000'000, 2.5, true, nullptr, "x"}}, {"b", Object{{"c", "d"}}}};
    EXPECT_EQ(from_field_value(to_field_value(value)), value);
}

TEST(FieldValue, reads_every_letter) {
    EXPECT_EQ(from_field_value(std::int8_t{-1}), Value(-1));
    EXPECT_EQ(from_field_value(std::uint8_t{255}), Value(255));
    EXPECT_EQ(from_field_value(std::int16_t{-2}), Value(-2));
    EXPECT_EQ(from_field_value(std::uint16_t{65535}), Value(65535));
    EXPECT_EQ(from_field_value(std::int32_t{-3}), Value(-3));
    EXPECT_EQ(from_field_value(std::uint32_t{4'000'000'000}), Value(4'000'000'000));
    EXPECT_EQ(from_field_value(std::int64_t{-4}), Value(-4));
    EXPECT_EQ(from_field_value(0.5f), Value(0.5));
    EXPECT_EQ(from_field_value(amqp::ByteArray{"\xff"}), Value("\xff"));
    EXPECT_EQ(from_field_value(amqp::Timestamp{0}), Value("1970-01-01T00:00:00Z"));
    EXPECT_EQ(from_field_value(amqp::Timestamp{std::numeric_limits<std::uint64_t>::max()}),
              Value(std::numeric_limits<std::uint64_t>::max()));
}

TEST(FieldValue, reads_decimals_as_digits) {
    EXPECT_EQ(from_field_value(amqp::Decimal{2, 150}), Value("1.50"));
    EXPECT_EQ(from_field_value(amqp::Decimal{0, 7}), Value("7"));
    EXPECT_EQ(from_field_value(amqp::Decimal{3, -5}), Value("-0.005"));
    EXPECT_EQ(from_field_value(amqp::Decimal{1, std::numeric_limits<std::int32_t>::min()}), Value("-214748364.8"));
}

TEST(FieldValue, takes_the_last_of_equal_names_in_a_table) {
    amqp::Table table;
    table.append("a", 1);
    table.append("a", 2);
    EXPECT_EQ(from_table(table), (Object{{"a", 2}}));
}

}  // namespace
}  // namespace hiratake::wire
