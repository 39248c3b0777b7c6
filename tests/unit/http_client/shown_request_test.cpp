#include "http_client/shown_request.hpp"

#include <gtest/gtest.h>

namespace hiratake::http_client {
namespace {

TEST(ShownRequest, names_method_and_url) {
    EXPECT_EQ(shown_request("GET", "https://api.example.com/orders"), "GET https://api.example.com/orders");
}

TEST(ShownRequest, hides_what_may_be_secret) {
    EXPECT_EQ(shown_request("POST", "https://user:hush@api.example.com/orders?api_key=hush#hush"),
              "POST https://user:**@api.example.com/orders?**");
    EXPECT_EQ(shown_request("GET", "/orders#?hush"), "GET /orders");
}

}  // namespace
}  // namespace hiratake::http_client
