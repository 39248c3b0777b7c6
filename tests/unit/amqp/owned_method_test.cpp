#include "amqp/owned_method.hpp"

#include <gtest/gtest.h>

#include "amqp/methods.hpp"

namespace hiratake::amqp {
namespace {

TEST(OwnedMethod, outlives_the_bytes_that_it_was_decoded_from) {
    OwnedMethod<BasicReturn> kept;
    {
        std::string exchange = "an exchange with a name too long for any small buffer";
        std::string key = "key";
        kept.assign({.reply_code = 312, .reply_text = "NO_ROUTE", .exchange = exchange, .routing_key = key});
        exchange.assign(exchange.size(), '?');
        key = "???";
    }
    EXPECT_EQ(kept->reply_code, 312);
    EXPECT_EQ(kept->reply_text, "NO_ROUTE");
    EXPECT_EQ(kept->exchange, "an exchange with a name too long for any small buffer");
    EXPECT_EQ(kept->routing_key, "key");
}

TEST(OwnedMethod, takes_another_in_place_of_the_first) {
    OwnedMethod<BasicPublish> kept{BasicPublish{.exchange = "first", .routing_key = "key"}};
    kept.assign({.exchange = "second", .routing_key = "another key", .mandatory = true});
    EXPECT_EQ(*kept, (BasicPublish{.exchange = "second", .routing_key = "another key", .mandatory = true}));
}

TEST(OwnedMethod, keeps_tables_and_secrets_too) {
    OwnedMethod<ConnectionStartOk> kept;
    {
        std::string response = "\0guest\0guest";
        kept.assign({.client_properties = {{"product", "x"}}, .mechanism = "PLAIN", .response = response});
    }
    EXPECT_EQ(kept->client_properties, (Table{{"product", "x"}}));
    EXPECT_EQ(kept->mechanism, "PLAIN");
}

}  // namespace
}  // namespace hiratake::amqp
