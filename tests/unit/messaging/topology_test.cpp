#include <gtest/gtest.h>

#include <variant>

#include "messaging/message_consumer.hpp"

namespace hiratake::messaging {
namespace {

TEST(QueueTopology, has_a_durable_queue_unless_it_says_otherwise) {
    const auto topology = with_queue({client::Binding{.queue = "documents", .exchange = "uploads"}}, "documents");
    ASSERT_EQ(topology.size(), 2U);
    const auto& queue = std::get<client::Queue>(topology.front());
    EXPECT_EQ(queue.name, "documents");
    EXPECT_TRUE(queue.durable);
}

TEST(QueueTopology, stays_as_it_is_with_the_queue_in_it) {
    const auto topology = with_queue(
        {client::Exchange{.name = "uploads"}, client::Queue{.name = "documents", .passive = true}}, "documents");
    ASSERT_EQ(topology.size(), 2U);
    EXPECT_TRUE(std::get<client::Queue>(topology.back()).passive);
}

}  // namespace
}  // namespace hiratake::messaging
