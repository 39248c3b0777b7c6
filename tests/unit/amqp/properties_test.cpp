#include "amqp/properties.hpp"

#include <gtest/gtest.h>

#include "hiratake/amqp/encode_error.hpp"
#include "unit/amqp/hex.hpp"
#include "unit/amqp/random_values.hpp"

namespace hiratake::amqp {
namespace {

std::string encoded(const Properties& properties, Letters letters = Letters::exact) {
    ByteBuffer bytes;
    encode_properties(bytes, properties, letters);
    return std::string{bytes};
}

// What a Python Nameko service puts before an RPC request.
const std::string nameko_request = from_hex(
    "fe00 10 6170706c69636174696f6e2f6a736f6e 05 7574662d38"
    "00000069 036e6567 4c ffffff0000000000 03706f73 4c 0000010000000000 0169 49 fffffffb 0162 74 01"
    "0166 64 3ff8000000000000 016e 56 0161 41 0000000b 53 00000001 78 49 00000001"
    "14 6e616d656b6f2e63616c6c5f69645f737461636b 41 0000000a 53 00000005 612e622e63"
    "02 00 01 63 01 72");

Properties nameko_properties() {
    constexpr std::int64_t big = std::int64_t{1} << 40;
    return {.content_type = "application/json",
            .content_encoding = "utf-8",
            .headers = Table{{"neg", -big},
                             {"pos", big},
                             {"i", -5},
                             {"b", true},
                             {"f", 1.5},
                             {"n", nullptr},
                             {"a", Array{{"x", 1}}},
                             {"nameko.call_id_stack", Array{{"a.b.c"}}}},
            .delivery_mode = persistent_delivery_mode,
            .priority = std::uint8_t{0},
            .correlation_id = "c",
            .reply_to = "r"};
}

TEST(Properties, are_what_nameko_sends) {
    Properties received;
    ASSERT_EQ(decode_properties(nameko_request, received), DecodeError::none);
    EXPECT_EQ(received, nameko_properties());
    EXPECT_EQ(to_hex(encoded(nameko_properties(), Letters::portable)), to_hex(nameko_request));
}

TEST(Properties, come_back_as_they_were_sent) {
    RandomValues random{40};
    for (int round = 0; round < 1000; ++round) {
        Properties sent;
        Properties::describe(sent, random);
        const std::string bytes = encoded(sent);
        Properties received = nameko_properties();
        ASSERT_EQ(decode_properties(bytes, received), DecodeError::none);
        ASSERT_EQ(received, sent);
    }
}

TEST(Properties, cut_short_anywhere_are_an_error) {
    for (std::size_t size = 0; size < nameko_request.size(); ++size) {
        const std::vector<char> prefix(nameko_request.begin(),
                                       nameko_request.begin() + static_cast<std::ptrdiff_t>(size));
        Properties received;
        EXPECT_NE(decode_properties({prefix.data(), size}, received), DecodeError::none) << size;
        EXPECT_NE(scan_properties({prefix.data(), size}, received), DecodeError::none) << size;
    }
}

TEST(Properties, take_no_unknown_flag_and_no_leftover) {
    Properties received;
    EXPECT_EQ(decode_properties(from_hex("0000"), received), DecodeError::none);
    EXPECT_EQ(decode_properties(from_hex("0001 0000"), received), DecodeError::unknown_property_flag);
    EXPECT_EQ(decode_properties(from_hex("0002"), received), DecodeError::unknown_property_flag);
    EXPECT_EQ(decode_properties(from_hex("0000 00"), received), DecodeError::leftover_bytes);
    EXPECT_EQ(decode_properties("", received), DecodeError::truncated);
}

TEST(Properties, have_the_flags_of_the_protocol_in_their_order) {
    EXPECT_EQ(to_hex(encoded({.content_type = ""})), "800000");
    EXPECT_EQ(to_hex(encoded({.headers = Table{}})), "200000000000");
    EXPECT_EQ(to_hex(encoded({.delivery_mode = std::uint8_t{2}})), "100002");
    EXPECT_EQ(to_hex(encoded({.timestamp = Timestamp{1}})), "00400000000000000001");
    EXPECT_EQ(to_hex(encoded({.cluster_id = "k"})), "0004016b");
}

TEST(Properties, leave_the_headers_encoded_when_scanned) {
    Properties received;
    ASSERT_EQ(scan_properties(nameko_request, received), DecodeError::none);
    EXPECT_EQ(received.headers, std::nullopt);
    EXPECT_EQ(received.reply_to, "r");
    Table table;
    ASSERT_EQ(decode_table(received.encoded_headers, table), DecodeError::none);
    EXPECT_EQ(table, nameko_properties().headers);
    EXPECT_EQ(to_hex(encoded(received)), to_hex(nameko_request));

    ASSERT_EQ(scan_properties(from_hex("0000"), received), DecodeError::none);
    EXPECT_TRUE(received.encoded_headers.empty());
}

TEST(Properties, refuse_a_text_over_255_bytes_and_append_nothing) {
    ByteBuffer bytes{"before"};
    const std::string too_long(256, 'c');
    EXPECT_THROW(encode_properties(bytes, {.content_type = "text/plain", .correlation_id = too_long}), EncodeError);
    EXPECT_EQ(bytes, "before");
}

}  // namespace
}  // namespace hiratake::amqp
