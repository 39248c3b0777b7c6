#include "wire/message_properties.hpp"

#include <gtest/gtest.h>

#include "wire/context.hpp"

namespace hiratake::wire {
namespace {

std::string hex(std::string_view bytes) {
    std::string text;
    for (const char c : bytes) {
        const auto byte = static_cast<unsigned char>(c);
        text += "0123456789abcdef"[byte >> 4];
        text += "0123456789abcdef"[byte & 15];
    }
    return text;
}

std::string encoded(const amqp::Properties& properties) {
    amqp::ByteBuffer bytes;
    amqp::encode_properties(bytes, properties);
    return hex(bytes);
}

// Captured from a Python client (design notes: test vectors).
TEST(MessageProperties, of_a_request_are_python_s_byte_for_byte) {
    amqp::Array stack;
    stack.items.emplace_back("a.b.c");
    amqp::Array array;
    array.items = {"x", std::int32_t{1}};
    const amqp::Table headers{{"neg", std::int64_t{-1099511627776}},
                              {"pos", std::int64_t{1099511627776}},
                              {"i", std::int32_t{-5}},
                              {"b", true},
                              {"f", 1.5},
                              {"n", nullptr},
                              {"a", array},
                              {"nameko.call_id_stack", stack}};
    amqp::ByteBuffer encoded_headers;
    amqp::write_table(encoded_headers, headers, amqp::Letters::portable);
    const Serializer json = json_serializer();
    EXPECT_EQ(encoded(request_properties(json, "c", "r", encoded_headers)),
              "fe00"
              "106170706c69636174696f6e2f6a736f6e"
              "057574662d38"
              "00000069"
              "036e65674cffffff0000000000"
              "03706f734c0000010000000000"
              "016949fffffffb"
              "01627401"
              "0166643ff8000000000000"
              "016e56"
              "0161410000000b53000000017849000000"
              "01"
              "146e616d656b6f2e63616c6c5f69645f737461636b410000000a5300000005612e622e63"
              "02"
              "00"
              "0163"
              "0172");
}

TEST(MessageProperties, of_a_reply_have_an_empty_table_of_headers) {
    const Serializer json = json_serializer();
    EXPECT_EQ(encoded(reply_properties(json, "c")),
              "fc00"
              "106170706c69636174696f6e2f6a736f6e"
              "057574662d38"
              "00000000"
              "02"
              "00"
              "0163");
    EXPECT_EQ(encoded(reply_properties(json, std::nullopt)).substr(0, 4), "f800");
}

TEST(MessageProperties, of_an_event_name_no_one) {
    const Serializer json = json_serializer();
    amqp::ByteBuffer encoded_headers;
    amqp::write_table(encoded_headers, {{"nameko.language", "en"}});
    const amqp::Properties properties = event_properties(json, encoded_headers);
    EXPECT_EQ(encoded(properties).substr(0, 4), "f800");
    EXPECT_EQ(properties.correlation_id, std::nullopt);
    EXPECT_EQ(properties.reply_to, std::nullopt);
    EXPECT_EQ(properties.expiration, std::nullopt);
}

}  // namespace
}  // namespace hiratake::wire
