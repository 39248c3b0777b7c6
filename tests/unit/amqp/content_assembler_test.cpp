#include "amqp/content_assembler.hpp"

#include <gtest/gtest.h>

#include "amqp/big_endian.hpp"
#include "amqp/methods.hpp"

namespace hiratake::amqp {
namespace {

constexpr std::uint64_t max_message_size = 1000;

std::string header_payload(std::uint64_t body_size, std::uint16_t class_id = 60, std::uint16_t weight = 0) {
    std::string payload(12, '\0');
    store_big_endian(payload.data(), class_id);
    store_big_endian(payload.data() + 2, weight);
    store_big_endian(payload.data() + 4, body_size);
    return payload + std::string("\x10\0\x02", 3);
}

class ContentAssemblerTest : public testing::Test {
  protected:
    ContentStatus add(FrameType type, std::string_view payload) { return assembler.add({type, 1, payload}); }
    ContentStatus add_header(std::uint64_t body_size) {
        const std::string payload = header_payload(body_size);  // gone when this returns, as after another read
        return add(FrameType::header, payload);
    }
    void expect_error(ContentStatus status, ContentError error) {
        EXPECT_EQ(status, ContentStatus::error);
        EXPECT_EQ(assembler.error(), error);
        EXPECT_TRUE(assembler.idle());
    }

    ContentAssembler assembler{max_message_size};
};

TEST_F(ContentAssemblerTest, is_complete_at_the_header_of_an_empty_body) {
    EXPECT_TRUE(assembler.idle());
    assembler.begin(BasicPublish::id);
    EXPECT_FALSE(assembler.idle());
    EXPECT_EQ(add_header(0), ContentStatus::complete);
    EXPECT_EQ(assembler.content().properties, std::string_view("\x10\0\x02", 3));
    EXPECT_EQ(assembler.content().body, "");
    EXPECT_TRUE(assembler.idle());
}

TEST_F(ContentAssemblerTest, hands_out_a_body_of_one_frame_where_it_lies) {
    assembler.begin(BasicDeliver::id);
    EXPECT_EQ(add_header(5), ContentStatus::incomplete);
    const std::string payload = "hello";
    EXPECT_EQ(add(FrameType::body, payload), ContentStatus::complete);
    EXPECT_EQ(assembler.content().body.data(), payload.data());
    EXPECT_EQ(assembler.content().body, "hello");
    EXPECT_EQ(assembler.content().properties, std::string_view("\x10\0\x02", 3));
    EXPECT_EQ(assembler.take_body(), "hello");
}

TEST_F(ContentAssemblerTest, joins_a_body_of_many_frames) {
    assembler.begin(BasicPublish::id);
    EXPECT_EQ(add_header(11), ContentStatus::incomplete);
    EXPECT_EQ(add(FrameType::body, "hello"), ContentStatus::incomplete);
    EXPECT_EQ(add(FrameType::body, ""), ContentStatus::incomplete);
    EXPECT_EQ(add(FrameType::body, " "), ContentStatus::incomplete);
    EXPECT_EQ(add(FrameType::body, "world"), ContentStatus::complete);
    EXPECT_EQ(assembler.content().body, "hello world");
    EXPECT_EQ(assembler.take_body(), "hello world");
    EXPECT_EQ(assembler.content().body, "") << "the body has been taken";
}

TEST_F(ContentAssemblerTest, takes_one_content_after_another) {
    for (int i = 0; i < 3; ++i) {
        assembler.begin(BasicPublish::id);
        EXPECT_EQ(add_header(4), ContentStatus::incomplete);
        EXPECT_EQ(add(FrameType::body, "ab"), ContentStatus::incomplete);
        EXPECT_EQ(add(FrameType::body, "cd"), ContentStatus::complete);
        EXPECT_EQ(assembler.content().body, "abcd");
    }
}

TEST_F(ContentAssemblerTest, names_content_frames_where_a_method_is_due) {
    expect_error(add(FrameType::body, "x"), ContentError::method_expected);
    expect_error(add_header(1), ContentError::method_expected);
    EXPECT_EQ(assembler.method(), MethodId{});
}

TEST_F(ContentAssemblerTest, names_other_frames_where_the_header_is_due) {
    assembler.begin(BasicPublish::id);
    expect_error(add(FrameType::method, "x"), ContentError::header_expected);
    EXPECT_EQ(assembler.method(), BasicPublish::id);
    assembler.begin(BasicPublish::id);
    expect_error(add(FrameType::body, "x"), ContentError::header_expected);
}

TEST_F(ContentAssemblerTest, names_other_frames_where_the_body_is_due) {
    assembler.begin(BasicPublish::id);
    add_header(5);
    expect_error(add(FrameType::method, "x"), ContentError::body_expected);
    assembler.begin(BasicPublish::id);
    add_header(5);
    expect_error(add_header(5), ContentError::body_expected);
}

TEST_F(ContentAssemblerTest, names_a_header_of_another_class) {
    assembler.begin(BasicPublish::id);
    expect_error(add(FrameType::header, header_payload(0, 50)), ContentError::header_of_another_class);
    EXPECT_EQ(assembler.header_class(), 50);
    EXPECT_EQ(assembler.method(), BasicPublish::id);
}

TEST_F(ContentAssemblerTest, refuses_a_malformed_header) {
    for (std::size_t size = 0; size < 12; ++size) {
        assembler.begin(BasicPublish::id);
        expect_error(add(FrameType::header, header_payload(0).substr(0, size)), ContentError::malformed_header);
    }
    assembler.begin(BasicPublish::id);
    expect_error(add(FrameType::header, header_payload(0, 60, 1)), ContentError::malformed_header);
}

TEST_F(ContentAssemblerTest, refuses_more_body_than_announced) {
    assembler.begin(BasicPublish::id);
    add_header(3);
    expect_error(add(FrameType::body, "four"), ContentError::body_longer_than_announced);
    assembler.begin(BasicPublish::id);
    add_header(3);
    add(FrameType::body, "ab");
    expect_error(add(FrameType::body, "cd"), ContentError::body_longer_than_announced);
}

TEST_F(ContentAssemblerTest, refuses_a_message_over_the_limit_at_its_header) {
    assembler.begin(BasicPublish::id);
    EXPECT_EQ(add_header(max_message_size), ContentStatus::incomplete);
    assembler.begin(BasicPublish::id);
    expect_error(add_header(max_message_size + 1), ContentError::message_too_large);
    EXPECT_EQ(assembler.announced_size(), max_message_size + 1);
}

TEST_F(ContentAssemblerTest, forgets_what_is_under_way) {
    assembler.begin(BasicPublish::id);
    add_header(5);
    add(FrameType::body, "ab");
    assembler.reset();
    EXPECT_TRUE(assembler.idle());
    assembler.begin(BasicPublish::id);
    add_header(2);
    EXPECT_EQ(add(FrameType::body, "cd"), ContentStatus::complete);
    EXPECT_EQ(assembler.content().body, "cd");
}

}  // namespace
}  // namespace hiratake::amqp
