#include <gtest/gtest.h>

#include <fmt/format.h>

#include <set>

#include "amqp/dispatch.hpp"
#include "amqp/method_encoder.hpp"
#include "hiratake/amqp/encode_error.hpp"
#include "unit/amqp/hex.hpp"
#include "unit/amqp/random_values.hpp"

namespace hiratake::amqp {
namespace {

/// Encodes again what it was handed.
struct Echo {
    ByteBuffer encoded;
    int calls = 0;
    template <class Method>
    void on(const Method& method) {
        ++calls;
        encoded.clear();
        encode_method(encoded, method);
    }
};

template <class Method>
std::string encoded(const Method& method) {
    ByteBuffer bytes;
    encode_method(bytes, method);
    return std::string{bytes};
}

template <class Visitor>
void for_every_method(Visitor visitor) {
    for_each_method(MethodsToServer{}, visitor);
    for_each_method(MethodsToClient{}, visitor);
}

TEST(Methods, come_back_as_they_were_sent) {
    RandomValues random{20};
    for_every_method([&]<class Method>() {
        for (int round = 0; round < 50; ++round) {
            Method sent;
            Method::describe(sent, random);
            const std::string bytes = encoded(sent);
            ASSERT_EQ(peek_method_id(bytes), Method::id);
            Method received;
            ASSERT_EQ(decode_arguments(std::string_view(bytes).substr(4), received), DecodeError::none) << Method::name;
            ASSERT_EQ(received, sent) << Method::name;
        }
    });
}

TEST(Methods, cut_short_anywhere_are_an_error) {
    RandomValues random{21};
    for_every_method([&]<class Method>() {
        Method sent;
        Method::describe(sent, random);
        const std::string bytes = encoded(sent);
        for (std::size_t size = 0; size < bytes.size(); ++size) {
            // A copy of exactly that size, so that the address sanitizer sees a read beyond it.
            const std::vector<char> prefix(bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(size));
            Echo echo;
            const DecodeError to_server = dispatch_to_server({prefix.data(), size}, echo);
            const DecodeError to_client = dispatch_to_client({prefix.data(), size}, echo);
            EXPECT_NE(to_server, DecodeError::none) << Method::name << " cut to " << size;
            EXPECT_NE(to_client, DecodeError::none) << Method::name << " cut to " << size;
            EXPECT_EQ(echo.calls, 0);
        }
    });
}

TEST(Methods, with_bytes_behind_the_last_field_are_an_error) {
    for_every_method([&]<class Method>() {
        Method received;
        const std::string bytes = encoded(Method{}) + 'x';
        EXPECT_EQ(decode_arguments(std::string_view(bytes).substr(4), received), DecodeError::leftover_bytes)
            << Method::name;
    });
}

TEST(Methods, survive_a_flipped_octet) {
    RandomValues random{22};
    for_every_method([&]<class Method>() {
        Method sent;
        Method::describe(sent, random);
        const std::string bytes = encoded(sent);
        for (int round = 0; round < 200; ++round) {
            std::string damaged = bytes;
            damaged[random.below(damaged.size())] = static_cast<char>(random.below(256));
            Echo echo;
            const DecodeError error = dispatch_to_server(damaged, echo);
            EXPECT_EQ(echo.calls, error == DecodeError::none ? 1 : 0);
        }
    });
}

TEST(Methods, have_ids_and_names_of_their_own) {
    std::set<std::pair<int, int>> ids;
    std::set<std::string_view> names;
    for_every_method([&]<class Method>() {
        ids.insert({Method::id.class_id, Method::id.method_id});
        names.insert(Method::name);
    });
    // 36 from clients and 38 from servers, of which ten go both ways.
    EXPECT_EQ(ids.size(), 64U);
    EXPECT_EQ(names.size(), 64U);
}

TEST(Methods, are_told_to_the_sink_by_type) {
    Echo echo;
    const std::string bytes = encoded(QueuePurge{.queue = "q", .no_wait = true});
    EXPECT_EQ(dispatch_to_server(bytes, echo), DecodeError::none);
    EXPECT_EQ(echo.encoded, bytes);
}

TEST(Methods, of_the_other_side_or_of_nobody_are_told_apart) {
    Echo echo;
    EXPECT_EQ(dispatch_to_server(encoded(QueueDeclareOk{}), echo), DecodeError::wrong_direction);
    EXPECT_EQ(dispatch_to_client(encoded(QueueDeclare{}), echo), DecodeError::wrong_direction);
    EXPECT_EQ(dispatch_to_server(from_hex("00320063"), echo), DecodeError::unknown_method);
    EXPECT_EQ(dispatch_to_client(from_hex("ffff0001"), echo), DecodeError::unknown_method);
    EXPECT_EQ(dispatch_to_server("\0\x32\0", echo), DecodeError::truncated);
    EXPECT_EQ(echo.calls, 0);
}

TEST(Methods, pack_neighbouring_bits_from_the_lowest) {
    EXPECT_EQ(to_hex(encoded(QueueDeclare{.queue = "q", .durable = true, .no_wait = true})),
              "0032000a"
              "0000"
              "0171"
              "12"
              "00000000");
    EXPECT_EQ(to_hex(encoded(BasicNack{.delivery_tag = 2, .multiple = true, .requeue = false})),
              "003c0078"
              "0000000000000002"
              "01");
    // The bit between two other fields has an octet of its own.
    EXPECT_EQ(
        to_hex(encoded(BasicDeliver{.consumer_tag = "t", .delivery_tag = 1, .redelivered = true, .exchange = "e"})),
        "003c003c"
        "0174"
        "0000000000000001"
        "01"
        "0165"
        "00");
}

TEST(Methods, pack_a_ninth_bit_into_a_second_octet) {
    ByteBuffer bytes;
    MethodEncoder encoder{bytes};
    for (int i = 0; i < 9; ++i) encoder.bit("flag", i == 0 || i == 8);
    EXPECT_EQ(to_hex(bytes), "0101");
    MethodDecoder decoder{bytes};
    for (int i = 0; i < 9; ++i) {
        bool value = false;
        decoder.bit("flag", value);
        EXPECT_EQ(value, i == 0 || i == 8) << i;
    }
    EXPECT_EQ(decoder.finish(), DecodeError::none);
}

TEST(Methods, refuse_a_name_over_255_bytes) {
    ByteBuffer bytes;
    const std::string longest(255, 'q');
    EXPECT_NO_THROW(encode_method(bytes, QueuePurge{.queue = longest}));
    const std::string too_long(256, 'q');
    try {
        encode_method(bytes, QueuePurge{.queue = too_long});
        FAIL() << "256 bytes were taken";
    } catch (const EncodeError& error) {
        EXPECT_NE(std::string(error.what()).find("queue"), std::string::npos) << error.what();
        EXPECT_NE(std::string(error.what()).find("256"), std::string::npos) << error.what();
    }
}

TEST(Methods, cut_a_reply_text_at_a_whole_character) {
    const std::string text = std::string(254, 'x') + "\xC3\xA9";
    ChannelClose received;
    const std::string bytes = encoded(ChannelClose{.reply_code = 404, .reply_text = text});
    ASSERT_EQ(decode_arguments(std::string_view(bytes).substr(4), received), DecodeError::none);
    EXPECT_EQ(received.reply_text, std::string(254, 'x'));

    const std::string plain(300, 'y');
    const std::string more = encoded(ChannelClose{.reply_text = plain});
    ASSERT_EQ(decode_arguments(std::string_view(more).substr(4), received), DecodeError::none);
    EXPECT_EQ(received.reply_text, std::string(255, 'y'));
}

}  // namespace
}  // namespace hiratake::amqp
