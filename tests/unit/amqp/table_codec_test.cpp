#include "amqp/table_codec.hpp"

#include <gtest/gtest.h>

#include <limits>

#include "hiratake/amqp/encode_error.hpp"
#include "unit/amqp/hex.hpp"
#include "unit/amqp/random_values.hpp"

namespace hiratake::amqp {
namespace {

std::string encoded(const Table& table, Letters letters = Letters::exact) {
    ByteBuffer bytes;
    write_table(bytes, table, letters);
    return std::string{bytes};
}

/// What a table with the one field 'k' of these letter and octets holds.
FieldValue decoded(char letter, std::string_view octets) {
    const std::string bytes = std::string("\x01k") + letter + std::string(octets);
    Table table;
    EXPECT_EQ(decode_fields(bytes, table), DecodeError::none) << letter;
    EXPECT_EQ(table.size(), 1U) << letter;
    return table.empty() ? FieldValue() : table.begin()->value;
}

/// A table with `levels` tables inside each other, itself counted.
std::string nested_tables(int levels) {
    std::string bytes = encoded({});
    for (int i = 1; i < levels; ++i) {
        ByteBuffer outer;
        WireWriter writer{outer};
        writer.long_string("\x01kF" + bytes);
        bytes = outer;
    }
    return bytes;
}

TEST(TableCodec, reads_each_letter_as_rabbitmq_does) {
    EXPECT_EQ(decoded('t', from_hex("01")), FieldValue(true));
    EXPECT_EQ(decoded('b', from_hex("fe")), FieldValue(std::int8_t{-2}));
    EXPECT_EQ(decoded('B', from_hex("fe")), FieldValue(std::uint8_t{254}));
    EXPECT_EQ(decoded('s', from_hex("fffe")), FieldValue(std::int16_t{-2}));
    EXPECT_EQ(decoded('U', from_hex("fffe")), FieldValue(std::int16_t{-2}));
    EXPECT_EQ(decoded('u', from_hex("fffe")), FieldValue(std::uint16_t{65534}));
    EXPECT_EQ(decoded('I', from_hex("fffffffe")), FieldValue(-2));
    EXPECT_EQ(decoded('i', from_hex("fffffffe")), FieldValue(4294967294U));
    EXPECT_EQ(decoded('l', from_hex("fffffffffffffffe")), FieldValue(std::int64_t{-2}));
    EXPECT_EQ(decoded('L', from_hex("fffffffffffffffe")), FieldValue(std::int64_t{-2}));
    EXPECT_EQ(decoded('f', from_hex("3fc00000")), FieldValue(1.5F));
    EXPECT_EQ(decoded('d', from_hex("3ff8000000000000")), FieldValue(1.5));
    EXPECT_EQ(decoded('D', from_hex("02ffffff85")), FieldValue(Decimal{2, -123}));
    EXPECT_EQ(decoded('S', from_hex("0000000268c3")), FieldValue("h\xC3"));
    EXPECT_EQ(decoded('x', from_hex("000000020001")), FieldValue(ByteArray{std::string("\0\1", 2)}));
    EXPECT_EQ(decoded('T', from_hex("000000006553f100")), FieldValue(Timestamp{1700000000}));
    EXPECT_EQ(decoded('V', ""), FieldValue(nullptr));
    EXPECT_EQ(decoded('A', from_hex("00000003740156")), FieldValue(Array{{true, nullptr}}));
    EXPECT_EQ(decoded('F', from_hex("00000004016b7400")), FieldValue(Table{{"k", false}}));
}

TEST(TableCodec, knows_no_other_letter) {
    for (int letter = 0; letter < 256; ++letter) {
        const std::string bytes = std::string("\x01k") + static_cast<char>(letter);
        Table table;
        const DecodeError error = decode_fields(bytes, table);
        const bool known = std::string_view("tbBsUuIilLfdDSxATFV").find(static_cast<char>(letter)) != std::string::npos;
        EXPECT_EQ(error != DecodeError::unknown_field_letter, known) << letter;
    }
}

TEST(TableCodec, gives_back_what_it_was_given) {
    RandomValues random{30};
    for (int round = 0; round < 2000; ++round) {
        const Table sent = random.table();
        const std::string bytes = encoded(sent);
        Table received;
        ASSERT_EQ(decode_table(bytes, received), DecodeError::none);
        ASSERT_EQ(received, sent);
    }
}

TEST(TableCodec, refuses_a_table_cut_short_anywhere) {
    RandomValues random{31};
    for (int round = 0; round < 100; ++round) {
        const std::string bytes = encoded(random.table());
        for (std::size_t size = 0; size < bytes.size(); ++size) {
            const std::vector<char> prefix(bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(size));
            Table table;
            EXPECT_NE(decode_table({prefix.data(), size}, table), DecodeError::none) << size;
        }
    }
}

TEST(TableCodec, refuses_a_length_beyond_its_input) {
    Table table;
    EXPECT_EQ(decode_table(from_hex("ffffffff"), table), DecodeError::length_beyond_input);
    EXPECT_EQ(decode_table(from_hex("00000007"
                                    "016b53"
                                    "7fffffff"),
                           table),
              DecodeError::length_beyond_input);
    EXPECT_EQ(decode_table(from_hex("00000007"
                                    "016b41"
                                    "00000001"),
                           table),
              DecodeError::length_beyond_input);
    // A string may not reach out of its table, even where the input goes on.
    EXPECT_EQ(decode_table(from_hex("00000007"
                                    "016b53"
                                    "00000001"
                                    "78"),
                           table),
              DecodeError::length_beyond_input);
    EXPECT_EQ(decode_table(from_hex("00000000"
                                    "00"),
                           table),
              DecodeError::leftover_bytes);
}

TEST(TableCodec, bounds_the_nesting_it_reads) {
    Table table;
    EXPECT_EQ(decode_table(nested_tables(max_nesting), table), DecodeError::none);
    EXPECT_EQ(decode_table(nested_tables(max_nesting + 1), table), DecodeError::nested_too_deep);
    EXPECT_EQ(decode_table(nested_tables(20000), table), DecodeError::nested_too_deep);
}

TEST(TableCodec, bounds_the_nesting_it_writes) {
    Table deepest;
    for (int i = 1; i < max_nesting; ++i) deepest = Table{{"k", deepest}};
    ByteBuffer bytes{"before"};
    EXPECT_NO_THROW(write_table(bytes, deepest));
    const std::string before{bytes.view()};
    EXPECT_THROW(write_table(bytes, Table{{"k", deepest}}), EncodeError);
    EXPECT_THROW(write_table(bytes, Table{{"list", Array{{deepest}}}}), EncodeError);
    EXPECT_EQ(bytes, before) << "half a table was left behind";
}

TEST(TableCodec, refuses_a_name_over_255_bytes) {
    ByteBuffer bytes;
    EXPECT_NO_THROW(write_table(bytes, Table{{std::string(255, 'k'), 1}}));
    EXPECT_THROW(write_table(bytes, Table{{std::string(256, 'k'), 1}}), EncodeError);
}

TEST(TableCodec, writes_only_portable_letters_when_asked) {
    const Table sent{{"b", std::int8_t{-2}},
                     {"B", std::uint8_t{254}},
                     {"s", std::int16_t{-2}},
                     {"u", std::uint16_t{65534}},
                     {"i", 5U},
                     {"big", 4294967294U},
                     {"f", 1.5F},
                     {"x", ByteArray{"raw"}},
                     {"list", Array{{std::uint8_t{1}, Table{{"s", std::int16_t{2}}}}}},
                     {"none", nullptr}};
    const Table expected{{"b", -2},        {"B", 254},   {"s", -2},
                         {"u", 65534},     {"i", 5},     {"big", std::int64_t{4294967294}},
                         {"f", 1.5},       {"x", "raw"}, {"list", Array{{1, Table{{"s", 2}}}}},
                         {"none", nullptr}};
    Table received;
    ASSERT_EQ(decode_table(encoded(sent, Letters::portable), received), DecodeError::none);
    EXPECT_EQ(received, expected);
}

TEST(TableCodec, writes_fields_without_a_length_for_amqplain) {
    ByteBuffer bytes;
    write_fields(bytes, Table{{"LOGIN", "guest"}, {"PASSWORD", "secret"}});
    EXPECT_EQ(bytes, std::string("\x05LOGINS\0\0\0\x05guest\x08PASSWORDS\0\0\0\x06secret", 36));
    Table table;
    EXPECT_EQ(decode_fields(bytes, table), DecodeError::none);
    EXPECT_EQ(table.find("PASSWORD")->as_string(), "secret");
    EXPECT_NE(decode_fields(bytes.view().substr(0, 30), table), DecodeError::none);
}

}  // namespace
}  // namespace hiratake::amqp
