#include "amqp/frame_writer.hpp"

#include <gtest/gtest.h>

#include "amqp/frame_reader.hpp"
#include "amqp/methods.hpp"
#include "hiratake/amqp/encode_error.hpp"
#include "unit/amqp/hex.hpp"

namespace hiratake::amqp {
namespace {

constexpr std::string_view no_properties{"\0\0", 2};

/// The frames of a buffer, payloads copied.
std::vector<std::pair<FrameType, std::string>> frames_of(std::string_view bytes) {
    FrameReader reader{0};
    reader.feed(bytes);
    std::vector<std::pair<FrameType, std::string>> frames;
    for (Frame frame; reader.next(frame) == FrameStatus::frame;) frames.emplace_back(frame.type, frame.payload);
    EXPECT_EQ(reader.buffered(), 0U);
    return frames;
}

TEST(FrameWriter, writes_a_method_frame) {
    ByteBuffer bytes;
    FrameWriter{bytes}.write_method(258, ConfirmSelect{.no_wait = true});
    EXPECT_EQ(to_hex(bytes),
              "01"
              "0102"
              "00000005"
              "0055000a01"
              "ce");
}

TEST(FrameWriter, writes_heartbeats_and_the_protocol_header) {
    ByteBuffer bytes;
    FrameWriter writer{bytes};
    writer.write_protocol_header();
    writer.write_heartbeat();
    EXPECT_EQ(to_hex(bytes),
              "414d515000000901"
              "08000000000000ce");
}

TEST(FrameWriter, writes_content_as_method_header_and_body) {
    ByteBuffer bytes;
    FrameWriter{bytes, 4096}.write_content(1, BasicPublish{.routing_key = "k"}, no_properties, "hello");
    EXPECT_EQ(to_hex(bytes),
              "01"
              "0001"
              "0000000a"
              "003c0028"
              "0000"
              "00"
              "016b"
              "00"
              "ce"
              "02"
              "0001"
              "0000000e"
              "003c"
              "0000"
              "0000000000000005"
              "0000"
              "ce"
              "03"
              "0001"
              "00000005"
              "68656c6c6f"
              "ce");
}

TEST(FrameWriter, writes_no_body_frame_for_an_empty_body) {
    ByteBuffer bytes;
    FrameWriter{bytes, 4096}.write_content(1, BasicDeliver{}, no_properties, "");
    EXPECT_EQ(frames_of(bytes).size(), 2U);
}

TEST(FrameWriter, cuts_a_body_to_the_agreed_size) {
    for (const auto& [body_size, body_frames] : {std::pair{4087, 1}, {4088, 1}, {4089, 2}, {8176, 2}, {10000, 3}}) {
        std::string body;
        for (int i = 0; i < body_size; ++i) body.push_back(static_cast<char>(i));
        ByteBuffer bytes;
        FrameWriter{bytes, 4096}.write_content(1, BasicPublish{}, no_properties, body);
        const auto frames = frames_of(bytes);
        ASSERT_EQ(frames.size(), 2U + static_cast<std::size_t>(body_frames)) << body_size;
        std::string joined;
        for (std::size_t i = 2; i < frames.size(); ++i) {
            EXPECT_LE(frames[i].second.size(), 4088U);
            joined += frames[i].second;
        }
        EXPECT_EQ(joined, body);
    }
}

TEST(FrameWriter, writes_one_body_frame_without_a_limit) {
    ByteBuffer bytes;
    FrameWriter{bytes}.write_content(1, BasicPublish{}, no_properties, std::string(1000000, 'x'));
    EXPECT_EQ(frames_of(bytes).size(), 3U);
}

TEST(FrameWriter, leaves_the_buffer_as_it_was_when_it_refuses) {
    ByteBuffer bytes;
    FrameWriter writer{bytes, 4096};
    writer.write_heartbeat();
    const std::string before{bytes.view()};
    const std::string too_long(256, 'n');
    const std::string properties(5000, '\0');
    EXPECT_THROW(writer.write_method(1, QueueDeclare{.queue = too_long}), EncodeError);
    EXPECT_THROW(writer.write_method(1, QueueDeclare{.arguments = {{"x", std::string(4096, 'x')}}}), EncodeError);
    EXPECT_THROW(writer.write_content(1, BasicPublish{.exchange = too_long}, no_properties, "body"), EncodeError);
    EXPECT_THROW(writer.write_content(1, BasicPublish{}, properties, "body"), EncodeError);
    EXPECT_EQ(bytes, before);
    writer.set_frame_max(default_frame_max);
    EXPECT_NO_THROW(writer.write_content(1, BasicPublish{}, properties, "body"));
}

}  // namespace
}  // namespace hiratake::amqp
