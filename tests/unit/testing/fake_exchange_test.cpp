#include "hiratake/testing/fake_exchange.hpp"

#include <gtest/gtest.h>

#include "hiratake/messaging/publisher.hpp"

namespace hiratake::testing {
namespace {

TEST(FakeExchange, keeps_what_is_published) {
    FakeExchange exchange;
    const Publisher publisher = exchange.publisher();
    publisher.publish("tea", {.routing_key = "sold"});
    publisher.publish_bytes("\x89PNG", "image/png");
    publisher.publish_async(Array{1, 2}, {.priority = 3}).wait();
    const auto messages = exchange.messages();
    ASSERT_EQ(messages.size(), 3u);
    EXPECT_EQ(messages[0].payload, Value{"tea"});
    EXPECT_EQ(messages[0].options.routing_key, "sold");
    EXPECT_EQ(messages[1].bytes, "\x89PNG");
    EXPECT_EQ(messages[1].content_type, "image/png");
    EXPECT_EQ(messages[2].payload, (Value{Array{1, 2}}));
}

TEST(FakeExchange, refuses_on_request_by_way_of_the_confirm) {
    FakeExchange exchange;
    exchange.refuse("no queue");
    const Publisher publisher = exchange.publisher();
    EXPECT_THROW(publisher.publish(1), UndeliverableMessage);
    auto confirm = publisher.publish_async(1);
    EXPECT_TRUE(confirm.ready());
    EXPECT_THROW(confirm.wait(), UndeliverableMessage);
    EXPECT_TRUE(exchange.messages().empty());
}

}  // namespace
}  // namespace hiratake::testing
