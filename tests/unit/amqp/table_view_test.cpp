#include "amqp/table_view.hpp"

#include <gtest/gtest.h>

#include <vector>

#include "amqp/table_codec.hpp"
#include "amqp/table_writer.hpp"
#include "unit/amqp/hex.hpp"
#include "unit/amqp/random_values.hpp"

namespace hiratake::amqp {
namespace {

std::string encoded(const Table& table) {
    ByteBuffer bytes;
    write_table(bytes, table);
    return std::string{bytes};
}

DecodeError error_in(std::string_view bytes) {
    return TableView{bytes}.for_each([](std::string_view, const FieldView&) {});
}

TEST(TableView, shows_the_fields_of_any_table) {
    RandomValues random{32};
    for (int round = 0; round < 200; ++round) {
        const Table table = random.table();
        const std::string bytes = encoded(table);
        Table seen;
        const DecodeError error = TableView{bytes}.for_each([&](std::string_view name, const FieldView& field) {
            FieldValue value;
            EXPECT_EQ(field.decode(value), DecodeError::none);
            EXPECT_EQ(field.letter(), value.letter() == 'L' ? 'l' : value.letter());
            EXPECT_EQ(field.as_string(), value.as_string());
            EXPECT_EQ(field.as_integer(), value.as_integer());
            seen.append(std::string{name}, std::move(value));
        });
        EXPECT_EQ(error, DecodeError::none);
        EXPECT_EQ(seen, table);
    }
}

TEST(TableView, finds_the_first_field_of_a_name) {
    const std::string bytes = encoded({{"a", 1}, {"k", "first"}, {"k", "second"}});
    const TableView view{bytes};
    ASSERT_TRUE(view.find("k"));
    EXPECT_EQ(view.find("k")->as_string(), "first");
    EXPECT_FALSE(view.find("other"));
    EXPECT_FALSE(TableView{}.find("k"));
}

TEST(TableView, goes_through_an_array) {
    Array array;
    array.items = {"a", 5, "b"};
    const std::string bytes = encoded({{"list", std::move(array)}, {"text", "a"}});
    std::vector<std::string_view> texts;
    const auto add_text = [&](const FieldView& item) { texts.push_back(item.as_string().value_or("-")); };
    EXPECT_EQ(TableView{bytes}.find("list")->for_each_item(add_text), DecodeError::none);
    EXPECT_EQ(texts, (std::vector<std::string_view>{"a", "-", "b"}));
    EXPECT_EQ(TableView{bytes}.find("text")->for_each_item(add_text), DecodeError::none);
    EXPECT_EQ(texts.size(), 3U);
}

TEST(TableView, says_what_is_wrong_and_shows_nothing_behind_it) {
    EXPECT_EQ(error_in(""), DecodeError::none);
    EXPECT_EQ(error_in(from_hex("ffffffff")), DecodeError::length_beyond_input);
    EXPECT_EQ(error_in(from_hex("00000003 016a3f")), DecodeError::unknown_field_letter);
    EXPECT_EQ(error_in(from_hex("00000005 016b490000")), DecodeError::length_beyond_input);
    const std::string broken = from_hex("00000008 0161 7401 016b 3f00");
    EXPECT_TRUE(TableView{broken}.find("a"));
    EXPECT_FALSE(TableView{broken}.find("k"));
    const std::string broken_array = from_hex("0000000a 0161 41 00000003 7401 53");
    EXPECT_EQ(error_in(broken_array), DecodeError::none);
    EXPECT_EQ(TableView{broken_array}.find("a")->for_each_item([](const FieldView&) {}), DecodeError::truncated);
}

TEST(TableWriter, writes_what_a_table_would) {
    ByteBuffer bytes{"before"};
    TableWriter writer{bytes};
    const std::vector<std::string> texts{"a", "", "c"};
    writer.append("number", std::int64_t{5});
    writer.append_texts("texts", texts);
    writer.close();
    Array array;
    array.items = {"a", "", "c"};
    ByteBuffer expected{"before"};
    write_table(expected, {{"number", std::int64_t{5}}, {"texts", std::move(array)}}, Letters::portable);
    EXPECT_EQ(to_hex(bytes), to_hex(expected));
}

}  // namespace
}  // namespace hiratake::amqp
