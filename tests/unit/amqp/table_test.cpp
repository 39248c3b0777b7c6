#include "hiratake/amqp/table.hpp"

#include <gtest/gtest.h>

#include <limits>

namespace hiratake::amqp {
namespace {

TEST(Table, finds_replaces_and_erases_by_name) {
    Table table{{"a", 1}, {"b", "two"}};
    table.set("a", true);
    table.set("c", nullptr);
    EXPECT_EQ(table.size(), 3U);
    ASSERT_NE(table.find("a"), nullptr);
    EXPECT_EQ(*table.find("a"), FieldValue(true));
    EXPECT_TRUE(table.erase("b"));
    EXPECT_FALSE(table.erase("b"));
    EXPECT_FALSE(table.contains("b"));
    EXPECT_EQ(table, (Table{{"a", true}, {"c", nullptr}}));
}

TEST(Table, keeps_a_name_that_came_twice_and_finds_the_first) {
    Table table;
    table.append("a", 1);
    table.append("a", 2);
    EXPECT_EQ(table.size(), 2U);
    EXPECT_EQ(*table.find("a"), FieldValue(1));
    EXPECT_TRUE(table.erase("a"));
    EXPECT_TRUE(table.empty());
}

TEST(Table, compares_in_order_and_sorted_without) {
    const Table one{{"a", 1}, {"b", 2}};
    const Table other{{"b", 2}, {"a", 1}};
    EXPECT_FALSE(one == other);
    EXPECT_EQ(one.sorted(), other.sorted());
}

TEST(FieldValue, keeps_the_type_that_it_was_given) {
    EXPECT_EQ(FieldValue().letter(), 'V');
    EXPECT_EQ(FieldValue(true).letter(), 't');
    EXPECT_EQ(FieldValue(std::int8_t{1}).letter(), 'b');
    EXPECT_EQ(FieldValue(std::uint8_t{1}).letter(), 'B');
    EXPECT_EQ(FieldValue(std::int16_t{1}).letter(), 's');
    EXPECT_EQ(FieldValue(std::uint16_t{1}).letter(), 'u');
    EXPECT_EQ(FieldValue(1).letter(), 'I');
    EXPECT_EQ(FieldValue(1U).letter(), 'i');
    EXPECT_EQ(FieldValue(1L).letter(), 'L');
    EXPECT_EQ(FieldValue(1LL).letter(), 'L');
    EXPECT_EQ(FieldValue(1.0F).letter(), 'f');
    EXPECT_EQ(FieldValue(1.0).letter(), 'd');
    EXPECT_EQ(FieldValue(Decimal{}).letter(), 'D');
    EXPECT_EQ(FieldValue("text").letter(), 'S');
    EXPECT_EQ(FieldValue(ByteArray{}).letter(), 'x');
    EXPECT_EQ(FieldValue(Array{}).letter(), 'A');
    EXPECT_EQ(FieldValue(Timestamp{}).letter(), 'T');
    EXPECT_EQ(FieldValue(Table{}).letter(), 'F');
}

TEST(FieldValue, reads_any_integer_as_one) {
    EXPECT_EQ(FieldValue(std::int8_t{-8}).as_integer(), -8);
    EXPECT_EQ(FieldValue(std::uint8_t{200}).as_integer(), 200);
    EXPECT_EQ(FieldValue(std::numeric_limits<std::uint32_t>::max()).as_integer(), 4294967295);
    EXPECT_EQ(FieldValue(std::numeric_limits<std::int64_t>::min()).as_integer(),
              std::numeric_limits<std::int64_t>::min());
    EXPECT_EQ(FieldValue(true).as_integer(), std::nullopt);
    EXPECT_EQ(FieldValue("5").as_integer(), std::nullopt);
    EXPECT_EQ(FieldValue(1.0).as_integer(), std::nullopt);
}

TEST(FieldValue, gives_nothing_for_another_type) {
    EXPECT_EQ(FieldValue("text").as_string(), "text");
    EXPECT_EQ(FieldValue(ByteArray{"text"}).as_string(), std::nullopt);
    EXPECT_EQ(FieldValue(false).as_bool(), false);
    EXPECT_EQ(FieldValue(0).as_bool(), std::nullopt);
    EXPECT_EQ(FieldValue(1.5F).as_double(), 1.5);
    EXPECT_EQ(FieldValue(2.5).as_double(), 2.5);
    EXPECT_EQ(FieldValue(2).as_double(), std::nullopt);
    EXPECT_EQ(FieldValue(2).as_table(), nullptr);
    EXPECT_EQ(FieldValue(2).as_array(), nullptr);
    EXPECT_TRUE(FieldValue(nullptr).is_null());
    EXPECT_FALSE(FieldValue(false).is_null());
}

TEST(FieldValue, names_its_type_as_rabbitmq_does) {
    EXPECT_EQ(FieldValue("text").type_name(), "longstr");
    EXPECT_EQ(FieldValue(1).type_name(), "signedint");
    EXPECT_EQ(FieldValue(1L).type_name(), "long");
    EXPECT_EQ(FieldValue(true).type_name(), "bool");
    EXPECT_EQ(FieldValue(nullptr).type_name(), "void");
}

}  // namespace
}  // namespace hiratake::amqp
