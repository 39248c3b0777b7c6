#include "wire/subscription.hpp"

#include <gtest/gtest.h>

namespace hiratake::wire {
namespace {

TEST(Subscription, of_requests_is_durable_and_shared) {
    const Subscription rpc = rpc_subscription("mail");
    EXPECT_EQ(rpc.exchange.name, "nameko-rpc");
    EXPECT_TRUE(rpc.exchange.durable);
    EXPECT_FALSE(rpc.exchange.auto_delete);
    EXPECT_EQ(rpc.queue.name, "rpc-mail");
    EXPECT_TRUE(rpc.queue.durable);
    EXPECT_FALSE(rpc.queue.exclusive);
    EXPECT_FALSE(rpc.queue.auto_delete);
    EXPECT_TRUE(rpc.queue.arguments.empty());
    EXPECT_EQ(rpc.binding_key, "mail.*");
    EXPECT_EQ(rpc_subscription("mail", "other-rpc").exchange.name, "other-rpc");
}

TEST(Subscription, of_replies_expires_five_minutes_after_its_consumer) {
    const Subscription replies = reply_subscription("mail", "11111111-2222-4333-8444-555555555555");
    EXPECT_EQ(replies.exchange.name, "nameko-rpc");
    EXPECT_EQ(replies.queue.name, "rpc.reply-mail-11111111-2222-4333-8444-555555555555");
    EXPECT_EQ(replies.binding_key, "11111111-2222-4333-8444-555555555555");
    EXPECT_TRUE(replies.queue.durable);
    EXPECT_FALSE(replies.queue.exclusive);
    EXPECT_FALSE(replies.queue.auto_delete);
    // An int32, which is the letter I.
    EXPECT_EQ(replies.queue.arguments, (amqp::Table{{"x-expires", std::int32_t{300'000}}}));
}

TEST(Subscription, of_events_has_the_flags_of_its_handler_type) {
    const EventHandlerId handler{"payments", "received", "mail", "on_paid"};
    const Subscription pool = event_subscription(handler, {});
    EXPECT_EQ(pool.exchange.name, "payments.events");
    EXPECT_EQ(pool.binding_key, "received");
    EXPECT_FALSE(pool.queue.auto_delete);
    EXPECT_FALSE(pool.queue.exclusive);
    EXPECT_TRUE(pool.queue.durable);

    const Subscription unreliable = event_subscription(handler, {.type = HandlerType::singleton, .reliable = false});
    EXPECT_EQ(unreliable.queue.name, "evt-payments-received");
    EXPECT_TRUE(unreliable.queue.auto_delete);
    EXPECT_FALSE(unreliable.queue.exclusive);

    const Subscription broadcast = event_subscription(
        handler, {.type = HandlerType::broadcast, .reliable = false, .broadcast_identifier = "d1461505ae11"});
    EXPECT_EQ(broadcast.queue.name, "evt-payments-received--mail.on_paid-d1461505ae11");
    EXPECT_TRUE(broadcast.queue.durable);
    EXPECT_TRUE(broadcast.queue.auto_delete);
    EXPECT_TRUE(broadcast.queue.exclusive);

    const Subscription reliable =
        event_subscription(handler, {.type = HandlerType::broadcast, .broadcast_identifier = "here"});
    EXPECT_FALSE(reliable.queue.auto_delete);
    EXPECT_FALSE(reliable.queue.exclusive);
}

TEST(Subscription, of_events_can_have_an_exchange_that_goes_away) {
    EXPECT_FALSE(event_exchange("payments").auto_delete);
    EXPECT_TRUE(event_exchange("payments", true).auto_delete);
    const EventHandlerId handler{"payments", "received", "mail", "on_paid"};
    EXPECT_TRUE(event_subscription(handler, {.auto_delete_exchange = true}).exchange.auto_delete);
}

TEST(Subscription, of_what_goes_to_websockets_outlives_a_reconnect) {
    const Subscription events = web_socket_subscription("chat", "11111111-2222-4333-8444-555555555555");
    EXPECT_EQ(events.exchange.name, "chat.websockets");
    EXPECT_EQ(events.exchange.type, "fanout");
    EXPECT_EQ(events.queue.name, "websockets-chat-11111111-2222-4333-8444-555555555555");
    EXPECT_FALSE(events.queue.exclusive);
    EXPECT_FALSE(events.queue.auto_delete);
    EXPECT_EQ(events.queue.arguments,
              (amqp::Table{{"x-expires", std::int32_t{60'000}}, {"x-max-length-bytes", std::int32_t{67'108'864}}}));
}

}  // namespace
}  // namespace hiratake::wire
