#include "amqp/message_block.hpp"

#include <gtest/gtest.h>

#include <memory>
#include <stdexcept>
#include <string>
#include <type_traits>
#include <utility>

namespace hiratake::amqp {
namespace {

struct Noted final : MessageBlock<Noted> {
    Noted(const MessageParts& parts, std::string with_note) : MessageBlock(parts), note(std::move(with_note)) {
        if (note.empty()) throw std::invalid_argument{"no note"};
    }

    std::string note;
};

std::unique_ptr<Noted> noted(const MessageParts& parts, std::string note = "a note that lies elsewhere in memory") {
    return std::unique_ptr<Noted>{new (parts) Noted{parts, std::move(note)}};
}

TEST(MessageBlock, keeps_each_part_when_the_originals_are_gone) {
    std::string body(10'000, 'b');
    const auto message = noted({"exchange", "routing.key", std::string_view{"\0\0", 2}, body});
    body.assign(body.size(), 'x');
    EXPECT_EQ(message->exchange(), "exchange");
    EXPECT_EQ(message->routing_key(), "routing.key");
    EXPECT_EQ(message->encoded_properties(), (std::string_view{"\0\0", 2}));
    EXPECT_EQ(message->body(), std::string(10'000, 'b'));
    EXPECT_EQ(message->size(), 8U + 11U + 2U + 10'000U);
    EXPECT_EQ(message->note, "a note that lies elsewhere in memory");
}

TEST(MessageBlock, stays_where_it_is) {
    static_assert(!std::is_copy_constructible_v<Noted>);
    static_assert(!std::is_move_constructible_v<Noted>);
}

TEST(MessageBlock, has_parts_of_no_bytes) {
    const auto message = noted({});
    EXPECT_EQ(message->exchange(), "");
    EXPECT_EQ(message->body(), "");
    EXPECT_EQ(message->size(), 0U);
}

TEST(MessageBlock, gives_its_memory_back_when_its_object_cannot_begin) {
    EXPECT_THROW(noted({"exchange", "key", "", "body"}, ""), std::invalid_argument);
}

}  // namespace
}  // namespace hiratake::amqp
