#include "wire/names.hpp"

#include <gtest/gtest.h>

namespace hiratake::wire {
namespace {

TEST(Names, are_nameko_s_own) {
    EXPECT_EQ(default_rpc_exchange, "nameko-rpc");
    EXPECT_EQ(rpc_queue_name("mail"), "rpc-mail");
    EXPECT_EQ(rpc_binding_key("mail"), "mail.*");
    EXPECT_EQ(rpc_routing_key("mail", "send"), "mail.send");
    EXPECT_EQ(reply_queue_name("mail", "006e62e1-1332-4f51-859f-48b1920eb584"),
              "rpc.reply-mail-006e62e1-1332-4f51-859f-48b1920eb584");
    EXPECT_EQ(event_exchange_name("payments"), "payments.events");
}

TEST(Names, find_the_method_behind_the_last_dot) {
    EXPECT_EQ(method_in_routing_key("mail.send"), "send");
    EXPECT_EQ(method_in_routing_key("my.dotted.service.send"), "send");
    EXPECT_EQ(method_in_routing_key("send"), "send");
    EXPECT_EQ(method_in_routing_key("mail."), "");
    EXPECT_EQ(method_in_routing_key(""), "");
}

TEST(Names, of_event_queues_depend_on_the_handler_type) {
    const EventHandlerId handler{"payments", "received", "mail", "on_paid"};
    EXPECT_EQ(event_queue_name(HandlerType::service_pool, handler, "d146"), "evt-payments-received--mail.on_paid");
    EXPECT_EQ(event_queue_name(HandlerType::singleton, handler, "d146"), "evt-payments-received");
    EXPECT_EQ(event_queue_name(HandlerType::broadcast, handler, "d146"), "evt-payments-received--mail.on_paid-d146");
}

TEST(Names, of_what_goes_to_websockets) {
    EXPECT_EQ(web_socket_exchange_name("chat"), "chat.websockets");
    EXPECT_EQ(web_socket_queue_name("chat", "006e62e1-1332-4f51-859f-48b1920eb584"),
              "websockets-chat-006e62e1-1332-4f51-859f-48b1920eb584");
}

TEST(Names, keep_wildcards_of_an_event_type) {
    const EventHandlerId handler{"wiretest_a", "evt.#", "wiretest_b", "ev3"};
    EXPECT_EQ(event_queue_name(HandlerType::broadcast, handler, "d146"), "evt-wiretest_a-evt.#--wiretest_b.ev3-d146");
}

}  // namespace
}  // namespace hiratake::wire
