#include <gmock/gmock.h>

#include "amqp/dispatch.hpp"
#include "test_client.hpp"

namespace hiratake::broker::core::test {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

std::string frame(char type, std::uint16_t channel, std::string_view payload, char end = amqp::frame_end) {
    std::string bytes{type, static_cast<char>(channel >> 8U), static_cast<char>(channel & 0xFFU)};
    for (int shift = 24; shift >= 0; shift -= 8) bytes.push_back(static_cast<char>(payload.size() >> shift));
    return bytes.append(payload).append(1, end);
}

std::string connection_close(std::string_view code_and_text, int class_id, int method_id) {
    const std::string_view code = code_and_text.substr(0, 3);
    return "connection.close reply_code=" + std::string{code} + " reply_text='" + std::string{code_and_text.substr(4)} +
           "' class_id=" + std::to_string(class_id) + " method_id=" + std::to_string(method_id);
}

Lines answer_to(std::string_view bytes, TestClientOptions options = {}) {
    TestBroker broker;
    TestClient client{broker, std::move(options)};
    return client.send_bytes(bytes);
}

TEST(ProtocolErrors, names_the_size_of_a_frame_that_is_too_large) {
    EXPECT_THAT(answer_to(frame(3, 1, std::string(5000, 'x')), {.frame_max = 4096}),
                ElementsAre(connection_close("501 FRAME_ERROR - type 3, all octets = <<>>: {frame_too_large,5000,4088}",
                                             0, 0)));
}

TEST(ProtocolErrors, shows_a_frame_without_its_end) {
    EXPECT_THAT(answer_to(frame(1, 1, std::string_view{"\0\x32\0\x0a", 4}, '\0')),
                ElementsAre(connection_close(
                    "501 FRAME_ERROR - type 1, all octets = <<0,50,0,10>>: {invalid_frame_end_marker,0}", 0, 0)));
}

TEST(ProtocolErrors, refuses_unknown_frame_types_and_heartbeats_on_channels) {
    EXPECT_THAT(answer_to(frame(9, 1, "")),
                ElementsAre(connection_close("501 FRAME_ERROR - type 9, all octets = <<>>: unknown_frame", 0, 0)));
    EXPECT_THAT(answer_to(frame(8, 1, "")),
                ElementsAre(connection_close("505 UNEXPECTED_FRAME - type 8, all octets = <<>>", 0, 0)));
}

TEST(ProtocolErrors, ends_the_connection_for_unknown_methods_and_field_letters) {
    EXPECT_THAT(answer_to(frame(1, 1, std::string_view{"\0\x32\0\x63", 4})),
                ElementsAre(connection_close("541 INTERNAL_ERROR", 0, 0)));
    const std::string_view declare{"\0\x32\0\x0a\0\0\1q\0\0\0\0\3\1k?", 15};
    EXPECT_THAT(answer_to(frame(1, 1, declare)), ElementsAre(HasSubstr("connection.close ")));
}

TEST(ProtocolErrors, expects_content_after_a_publish) {
    TestBroker broker;
    amqp::ByteBuffer publish;
    amqp::FrameWriter writer{publish};
    writer.write_method(1, amqp::BasicPublish{.routing_key = "x"});
    amqp::ByteBuffer flow;
    amqp::FrameWriter{flow}.write_method(1, amqp::ChannelFlow{.active = true});
    EXPECT_THAT(answer_to(std::string{publish}.append(flow)),
                ElementsAre(connection_close("505 UNEXPECTED_FRAME - expected content header for class 60, got non "
                                             "content header frame instead",
                                             60, 40)));
    const std::string wrong_class = frame(2, 1, std::string_view{"\0\x32\0\0\0\0\0\0\0\0\0\0\0\0", 14});
    EXPECT_THAT(answer_to(std::string{publish}.append(wrong_class)),
                ElementsAre(connection_close("505 UNEXPECTED_FRAME - expected content header for class 60, got one for "
                                             "class 50 instead",
                                             60, 40)));
    EXPECT_THAT(answer_to(frame(3, 1, "x")),
                ElementsAre(connection_close(
                    "505 UNEXPECTED_FRAME - expected method frame, got non method frame instead", 0, 0)));
}

TEST(ProtocolErrors, refuses_what_only_servers_say) {
    TestBroker broker;
    TestClient client{broker};
    EXPECT_THAT(client.call(amqp::QueueDeclareOk{.queue = "x"}),
                ElementsAre(connection_close("503 COMMAND_INVALID - unimplemented method", 50, 11)));
}

TEST(ProtocolErrors, knows_which_channels_are_open) {
    TestBroker broker;
    EXPECT_THAT(TestClient(broker).call(amqp::QueueDeclare{.queue = "x"}, 5),
                ElementsAre(connection_close("504 CHANNEL_ERROR - expected \\'channel.open\\'", 50, 10)));
    EXPECT_THAT(TestClient(broker).call(amqp::ChannelOpen{}),
                ElementsAre(connection_close("504 CHANNEL_ERROR - second \\'channel.open\\' seen", 20, 10)));
    EXPECT_THAT(
        TestClient(broker).call(amqp::QueueDeclare{.queue = "x"}, 0),
        ElementsAre(connection_close("504 CHANNEL_ERROR - unexpected method in connection state running", 50, 10)));
}

TEST(ProtocolErrors, counts_channels_rather_than_comparing_their_numbers) {
    TestBroker broker;
    TestClient client{broker, {.channel_max = 2}};
    EXPECT_THAT(client.call(amqp::ChannelOpen{}, 40), ElementsAre("40: channel.open-ok"));
    EXPECT_THAT(
        client.call(amqp::ChannelOpen{}, 2),
        ElementsAre(connection_close("530 NOT_ALLOWED - number of channels opened (2) has reached the negotiated "
                                     "channel_max (2)",
                                     0, 0)));
}

TEST(ProtocolErrors, ignores_a_closed_channel_until_the_client_has_confirmed_it) {
    TestBroker broker;
    TestClient client{broker};
    client.write(amqp::QueueDeclare{.queue = "nope", .passive = true});
    client.write(amqp::QueueDeclare{.queue = "never"});
    client.write_publish("", "never", "body");
    EXPECT_THAT(client.flush(),
                ElementsAre("channel.close reply_code=404 reply_text='NOT_FOUND - no queue \\'nope\\' in "
                            "vhost \\'/\\'' class_id=50 method_id=10"));
    EXPECT_THAT(client.call(amqp::ChannelClose{.reply_code = 200}), ElementsAre("channel.close-ok"));
    EXPECT_THAT(client.call(amqp::ChannelOpen{}), IsEmpty());
    client.write(amqp::ChannelCloseOk{});
    EXPECT_THAT(client.call(amqp::ChannelOpen{}), ElementsAre("channel.open-ok"));
    EXPECT_THAT(client.call(amqp::QueueDeclare{.queue = "never", .passive = true}).front(), HasSubstr("404"));
}

TEST(ProtocolErrors, closes_and_opens_a_channel_again_at_once) {
    TestBroker broker;
    TestClient client{broker};
    client.write(amqp::ChannelClose{.reply_code = 200});
    EXPECT_THAT(client.call(amqp::ChannelOpen{}), ElementsAre("channel.close-ok", "channel.open-ok"));
}

/// A frame of every class and method id in a range that holds all of them, with arguments that are all zero.
TEST(Robustness, survives_every_method_in_every_state) {
    constexpr int highest_class = 100;
    constexpr int highest_method = 130;
    for (int class_id = 0; class_id <= highest_class; class_id += 10) {
        TestBroker broker;
        for (int method_id = 0; method_id <= highest_method; ++method_id) {
            for (const std::size_t zeros : {std::size_t{0}, std::size_t{40}}) {
                std::string payload{'\0', static_cast<char>(class_id), '\0', static_cast<char>(method_id)};
                payload.append(zeros, '\0');
                for (const std::uint16_t channel : std::vector<std::uint16_t>{0, 1}) {
                    TestClient started{broker, {}, false};
                    started.send_bytes(amqp::protocol_header);
                    started.send_bytes(frame(1, channel, payload));
                    TestClient running{broker};
                    running.send_bytes(frame(1, channel, payload));
                    running.send_bytes(frame(1, channel, payload));
                    broker.pass(std::chrono::seconds{1});
                }
            }
        }
    }
}

TEST(Robustness, survives_random_bytes_after_a_good_start) {
    Random random{7};
    for (int round = 0; round < 300; ++round) {
        TestBroker broker;
        TestClient client{broker};
        client.declare({}, "q");
        std::string bytes;
        for (int frames = 0; frames < 4; ++frames) {
            std::string payload;
            for (std::uint64_t left = random.next() % 60; left > 0; --left) {
                payload.push_back(static_cast<char>(random.next() % 4 == 0 ? random.next() : random.next() % 3));
            }
            if (payload.size() >= 4) {
                payload[0] = payload[2] = '\0';
                payload[1] = static_cast<char>(random.next() % 10 * 10);
                payload[3] = static_cast<char>(random.next() % 13 * 10);
            }
            bytes += frame(static_cast<char>(1 + random.next() % 3), 1, payload);
        }
        client.send_bytes(bytes);
    }
}

TEST(Robustness, takes_input_in_pieces_of_any_size) {
    for (std::size_t piece = 1; piece < 40; ++piece) {
        TestBroker broker;
        TestClient client{broker};
        amqp::ByteBuffer bytes;
        amqp::FrameWriter writer{bytes};
        writer.write_method(1, amqp::QueueDeclare{.queue = "q"});
        writer.write_content(1, amqp::BasicPublish{.routing_key = "q"}, std::string_view{"\0\0", 2}, "the body");
        writer.write_method(1, amqp::BasicGet{.queue = "q", .no_ack = true});
        Lines lines;
        for (std::size_t start = 0; start < bytes.size(); start += piece) {
            for (std::string& line : client.send_bytes(std::string_view{bytes}.substr(start, piece))) {
                lines.push_back(std::move(line));
            }
        }
        EXPECT_THAT(lines, ElementsAre("queue.declare-ok queue='q' message_count=0 consumer_count=0",
                                       "basic.get-ok delivery_tag=1 redelivered=false exchange='' routing_key='q' "
                                       "message_count=0 | 'the body'"));
    }
}

}  // namespace
}  // namespace hiratake::broker::core::test
