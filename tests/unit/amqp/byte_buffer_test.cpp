#include "amqp/byte_buffer.hpp"

#include <gtest/gtest.h>

#include <string>

namespace hiratake::amqp {
namespace {

TEST(ByteBuffer, keeps_what_is_appended_while_it_grows) {
    ByteBuffer buffer;
    std::string expected;
    EXPECT_TRUE(buffer.empty());
    for (int round = 0; round < 200; ++round) {
        const std::string piece(static_cast<std::size_t>(round), static_cast<char>('a' + round % 26));
        buffer.append(piece);
        buffer.push_back('.');
        piece.copy(buffer.grow(piece.size()), piece.size());
        expected += piece + '.' + piece;
        ASSERT_EQ(buffer, expected);
    }
    EXPECT_EQ(buffer.back(), expected.back());
}

TEST(ByteBuffer, gives_bytes_back_from_its_end) {
    ByteBuffer buffer{"before and after"};
    buffer.truncate(6);
    EXPECT_EQ(buffer, "before");
    buffer.clear();
    EXPECT_EQ(buffer, "");
    buffer.append("again");
    EXPECT_EQ(buffer, "again");
}

TEST(ByteBuffer, has_room_without_moving_once_it_is_reserved) {
    ByteBuffer buffer{"x"};
    buffer.reserve(1000);
    const char* const start = buffer.data();
    buffer.append(std::string(999, 'y'));
    EXPECT_EQ(buffer.data(), start);
    EXPECT_EQ(buffer, "x" + std::string(999, 'y'));
}

TEST(ByteBuffer, begins_in_memory_that_is_lent_to_it) {
    std::array<char, 4> room{};
    ByteBuffer buffer{std::span<char>{room}};
    buffer.append("abcd");
    EXPECT_EQ(buffer.view().data(), room.data());
    buffer.push_back('e');
    EXPECT_NE(buffer.view().data(), room.data());
    EXPECT_EQ(buffer, "abcde");
}

TEST(ByteBuffer, is_moved_and_swapped) {
    ByteBuffer one{"one"};
    ByteBuffer two{std::move(one)};
    EXPECT_EQ(two, "one");
    ByteBuffer three{"three"};
    three = std::move(two);
    EXPECT_EQ(three, "one");
    ByteBuffer four{"four"};
    four.swap(three);
    EXPECT_EQ(four, "one");
    EXPECT_EQ(three, "four");
}

}  // namespace
}  // namespace hiratake::amqp
