#include "amqp/frame_reader.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstring>
#include <string>
#include <vector>

#include "amqp/big_endian.hpp"
#include "unit/amqp/hex.hpp"

namespace hiratake::amqp {
namespace {

std::string frame(std::uint8_t type, std::string_view payload, char end = frame_end) {
    std::string bytes(frame_header_size, '\0');
    bytes[0] = static_cast<char>(type);
    bytes[2] = 1;
    store_big_endian(bytes.data() + 3, static_cast<std::uint32_t>(payload.size()));
    bytes += payload;
    return bytes + end;
}

TEST(FrameReader, cuts_one_feed_into_frames) {
    FrameReader reader;
    reader.feed(frame(1, "method") + frame(3, "") + frame(8, "") + frame(2, "half").substr(0, 9));
    Frame next;
    ASSERT_EQ(reader.next(next), FrameStatus::frame);
    EXPECT_EQ(next.type, FrameType::method);
    EXPECT_EQ(next.channel, 1);
    EXPECT_EQ(next.payload, "method");
    ASSERT_EQ(reader.next(next), FrameStatus::frame);
    EXPECT_EQ(next.type, FrameType::body);
    EXPECT_EQ(next.payload, "");
    ASSERT_EQ(reader.next(next), FrameStatus::frame);
    EXPECT_EQ(next.type, FrameType::heartbeat);
    EXPECT_EQ(reader.next(next), FrameStatus::incomplete);
    EXPECT_EQ(reader.buffered(), 9U);
    reader.feed(frame(2, "half").substr(9));
    ASSERT_EQ(reader.next(next), FrameStatus::frame);
    EXPECT_EQ(next.payload, "half");
    EXPECT_EQ(reader.next(next), FrameStatus::incomplete);
}

TEST(FrameReader, takes_frames_octet_by_octet) {
    const std::string bytes = frame(1, "one") + frame(3, "two");
    FrameReader reader;
    std::vector<std::string> payloads;
    for (const char octet : bytes) {
        reader.feed({&octet, 1});
        for (Frame next; reader.next(next) == FrameStatus::frame;) payloads.emplace_back(next.payload);
    }
    EXPECT_EQ(payloads, (std::vector<std::string>{"one", "two"}));
}

TEST(FrameReader, keeps_a_stream_whole_however_it_is_cut) {
    std::string bytes;
    for (std::size_t i = 0; i < 3000; ++i) bytes += frame(3, std::string(i % 700, static_cast<char>('a' + i % 26)));
    for (const std::size_t step : {7UL, 100UL, 1000UL, 4096UL, 65536UL}) {
        FrameReader reader;
        std::size_t count = 0;
        for (std::string_view rest = bytes; !rest.empty();) {
            const auto room = reader.prepare(step);
            ASSERT_GE(room.size(), step);
            const std::size_t size = std::min(step, rest.size());
            std::memcpy(room.data(), rest.data(), size);
            reader.commit(size);
            rest.remove_prefix(size);
            for (Frame next; reader.next(next) == FrameStatus::frame; ++count) {
                ASSERT_EQ(next.payload, std::string(count % 700, static_cast<char>('a' + count % 26)));
            }
        }
        EXPECT_EQ(count, 3000U) << step;
        EXPECT_EQ(reader.buffered(), 0U);
    }
}

TEST(FrameReader, holds_no_more_than_twice_a_frame_and_a_read) {
    FrameReader reader{default_frame_max};
    const std::string bytes = frame(3, std::string(default_frame_max - frame_overhead, 'x'));
    for (int i = 0; i < 20; ++i) {
        reader.feed(bytes);
        Frame next;
        ASSERT_EQ(reader.next(next), FrameStatus::frame);
        reader.feed("half a header");
        EXPECT_LE(reader.prepare(1).size(), 2 * (2 * default_frame_max));
        reader.take(13);
    }
}

TEST(FrameReader, refuses_a_frame_beyond_frame_max_at_its_header) {
    FrameReader reader{4096};
    reader.feed(from_hex("03000100001388"));
    Frame next;
    ASSERT_EQ(reader.next(next), FrameStatus::error);
    EXPECT_EQ(reader.error().code, FrameErrorCode::too_large);
    EXPECT_EQ(reader.error().type, 3);
    EXPECT_EQ(reader.error().payload_size, 5000U);
    EXPECT_EQ(reader.error().max_payload_size, 4088U);
    EXPECT_EQ(to_text(reader.error()), "a frame of type 3 with 5000 bytes of payload, where at most 4088 are agreed");
    reader.feed(frame(1, "fine"));
    EXPECT_EQ(reader.next(next), FrameStatus::error) << "an error is final";
}

TEST(FrameReader, bears_with_peers_that_do_not_count_the_envelope) {
    FrameReader reader{4096};
    reader.feed(frame(3, std::string(4096, 'x')));
    Frame next;
    EXPECT_EQ(reader.next(next), FrameStatus::frame);
    reader.feed(frame(3, std::string(4097, 'x')));
    EXPECT_EQ(reader.next(next), FrameStatus::error);
}

TEST(FrameReader, takes_larger_frames_once_agreed) {
    FrameReader reader;
    reader.set_frame_max(default_frame_max);
    reader.feed(frame(3, std::string(100000, 'x')));
    Frame next;
    EXPECT_EQ(reader.next(next), FrameStatus::frame);
    FrameReader unlimited{0};
    unlimited.feed(from_hex("03000107ffffff"));
    EXPECT_EQ(unlimited.next(next), FrameStatus::incomplete);
    FrameReader bounded{0};
    bounded.feed(from_hex("030001ffffffff"));
    EXPECT_EQ(bounded.next(next), FrameStatus::error);
}

TEST(FrameReader, shows_what_a_frame_with_a_bad_end_held) {
    FrameReader reader;
    reader.feed(frame(1, "abcd", '\x05'));
    Frame next;
    ASSERT_EQ(reader.next(next), FrameStatus::error);
    EXPECT_EQ(reader.error().code, FrameErrorCode::bad_end);
    EXPECT_EQ(reader.error().payload, "abcd");
    EXPECT_EQ(reader.error().end, 5);
    EXPECT_EQ(reader.error().channel, 1);
}

TEST(FrameReader, refuses_an_unknown_type_once_complete) {
    FrameReader reader;
    Frame next;
    const std::string bytes = frame(9, "");
    reader.feed(bytes.substr(0, 7));
    EXPECT_EQ(reader.next(next), FrameStatus::incomplete);
    reader.feed(bytes.substr(7));
    ASSERT_EQ(reader.next(next), FrameStatus::error);
    EXPECT_EQ(reader.error().code, FrameErrorCode::unknown_type);
    EXPECT_EQ(reader.error().type, 9);
}

TEST(FrameReader, tells_a_protocol_header_from_a_frame) {
    FrameReader client;
    client.feed(protocol_header);
    Frame next;
    ASSERT_EQ(client.next(next), FrameStatus::error);
    EXPECT_EQ(client.error().code, FrameErrorCode::peer_protocol_header);

    FrameReader server;
    server.feed(protocol_header.substr(0, 5));
    EXPECT_EQ(server.take(8), std::nullopt);
    server.feed(std::string(protocol_header.substr(5)) + frame(1, "after"));
    EXPECT_EQ(server.take(8), protocol_header);
    ASSERT_EQ(server.next(next), FrameStatus::frame);
    EXPECT_EQ(next.payload, "after");
}

}  // namespace
}  // namespace hiratake::amqp
