#include "amqp/print.hpp"

#include <gtest/gtest.h>

#include "amqp/method_encoder.hpp"
#include "amqp/methods.hpp"
#include "amqp/reply_code.hpp"
#include "unit/amqp/hex.hpp"

namespace hiratake::amqp {
namespace {

TEST(Print, shows_a_method_in_one_line) {
    EXPECT_EQ(to_text(BasicPublish{.exchange = "x", .routing_key = "a\nb", .mandatory = true}),
              "basic.publish exchange='x' routing_key='a\\x0ab' mandatory=true immediate=false");
    EXPECT_EQ(to_text(QueueDeclare{.queue = "q", .arguments = {{"x-expires", 5}, {"list", Array{{"it's", nullptr}}}}}),
              "queue.declare queue='q' passive=false durable=false exclusive=false auto_delete=false no_wait=false "
              "arguments={x-expires: 5, list: ['it\\'s', null]}");
}

TEST(Print, never_shows_a_secret) {
    for (const std::string& text :
         {to_text(ConnectionStartOk{.mechanism = "PLAIN", .response = "hunter2"}),
          to_text(ConnectionSecure{.challenge = "hunter2"}), to_text(ConnectionSecureOk{.response = "hunter2"}),
          to_text(ConnectionUpdateSecret{.new_secret = "hunter2", .reason = "expired"})}) {
        EXPECT_EQ(text.find("hunter2"), std::string::npos) << text;
        EXPECT_NE(text.find("**"), std::string::npos) << text;
    }
}

TEST(Print, shows_frames) {
    ByteBuffer method;
    encode_method(method, ConnectionTune{.channel_max = 2047, .frame_max = 131072, .heartbeat = 60});
    EXPECT_EQ(to_text(Frame{FrameType::method, 0, method}),
              "channel 0: connection.tune channel_max=2047 frame_max=131072 heartbeat=60");
    EXPECT_EQ(to_text(Frame{FrameType::header, 3, from_hex("003c0000000000000000000590000174 02")}),
              "channel 3: header of class 60, 5 bytes to come: content_type='t' delivery_mode=2");
    EXPECT_EQ(to_text(Frame{FrameType::body, 3, "hello"}), "channel 3: body of 5 bytes");
    EXPECT_EQ(to_text(Frame{FrameType::heartbeat, 0, ""}), "channel 0: heartbeat");
}

TEST(Print, says_so_when_a_frame_cannot_be_decoded) {
    EXPECT_EQ(to_text(Frame{FrameType::method, 1, from_hex("00320063")}),
              "channel 1: method 50.99 that cannot be decoded: an unknown class or method id");
    EXPECT_EQ(to_text(Frame{FrameType::header, 1, "short"}),
              "channel 1: header that cannot be decoded: the input ends inside a value");
}

TEST(ReplyCode, has_its_name_and_weight) {
    EXPECT_EQ(reply_code_name(ReplyCode::not_found), "NOT_FOUND");
    EXPECT_EQ(reply_code_name(ReplyCode{999}), "");
    EXPECT_EQ(number(ReplyCode::precondition_failed), 406);
    EXPECT_FALSE(is_hard_error(ReplyCode::not_found));
    EXPECT_FALSE(is_hard_error(ReplyCode::content_too_large));
    EXPECT_TRUE(is_hard_error(ReplyCode::connection_forced));
    EXPECT_TRUE(is_hard_error(ReplyCode::unexpected_frame));
}

}  // namespace
}  // namespace hiratake::amqp
