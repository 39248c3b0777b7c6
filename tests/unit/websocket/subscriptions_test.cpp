#include "websocket/subscriptions.hpp"

#include <gtest/gtest.h>

#include "hiratake/websocket/connection_not_found.hpp"

namespace hiratake::websocket {
namespace {

using Names = std::vector<std::string>;

TEST(Subscriptions, know_who_listens_to_what) {
    Subscriptions subscriptions;
    subscriptions.add_socket("ann");
    subscriptions.add_socket("bob");
    subscriptions.subscribe("ann", "news");
    subscriptions.subscribe("ann", "chess");
    subscriptions.subscribe("ann", "chess");
    subscriptions.subscribe("bob", "news");
    EXPECT_EQ(subscriptions.sockets_of("news"), (Names{"ann", "bob"}));
    EXPECT_EQ(subscriptions.channels_of("ann"), (Names{"chess", "news"}));
    subscriptions.unsubscribe("ann", "news");
    subscriptions.unsubscribe("ann", "never subscribed");
    EXPECT_EQ(subscriptions.sockets_of("news"), Names{"bob"});
    EXPECT_EQ(subscriptions.channels_of("ann"), Names{"chess"});
}

TEST(Subscriptions, end_with_their_socket) {
    Subscriptions subscriptions;
    subscriptions.add_socket("ann");
    subscriptions.subscribe("ann", "news");
    subscriptions.remove_socket("ann");
    EXPECT_FALSE(subscriptions.contains("ann"));
    EXPECT_EQ(subscriptions.sockets_of("news"), Names{});
    EXPECT_EQ(subscriptions.channels_of("ann"), Names{});
    EXPECT_THROW(subscriptions.subscribe("ann", "news"), ConnectionNotFound);
    subscriptions.unsubscribe("ann", "news");
    subscriptions.remove_socket("ann");
}

TEST(Subscriptions, of_one_socket_are_bounded) {
    Subscriptions subscriptions;
    subscriptions.add_socket("ann");
    for (std::size_t i = 0; i < Subscriptions::max_channels_of_a_socket; ++i) {
        subscriptions.subscribe("ann", std::to_string(i));
    }
    EXPECT_THROW(subscriptions.subscribe("ann", "one more"), Error);
    subscriptions.subscribe("ann", "7");
    subscriptions.unsubscribe("ann", "7");
    subscriptions.subscribe("ann", "one more");
}

}  // namespace
}  // namespace hiratake::websocket
