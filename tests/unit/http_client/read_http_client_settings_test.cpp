#include "http_client/read_http_client_settings.hpp"

#include <gtest/gtest.h>

#include "hiratake/base/error.hpp"

namespace hiratake::http_client {
namespace {

using namespace std::chrono_literals;

HttpClientSettings read(Value settings) {
    return read_http_client_settings(Config{}.with("http_clients.stock", std::move(settings)), "stock");
}

std::string refusal(Value settings) {
    try {
        read(std::move(settings));
    } catch (const ConfigurationError& error) {
        return error.what();
    }
    return "accepted";
}

TEST(HttpClientSettings, need_not_be_there) {
    const HttpClientSettings settings = read_http_client_settings(Config{}, "stock");
    EXPECT_EQ(settings.base_url, "");
    EXPECT_EQ(settings.timeout, 30s);
    EXPECT_FALSE(settings.proxy);
}

TEST(HttpClientSettings, are_read_from_every_key) {
    const HttpClientSettings settings = read(Object{{"base_url", "https://stock.example.com/v1/"},
                                                    {"headers", Object{{"Authorization", "Bearer token"}}},
                                                    {"timeout", 2.5},
                                                    {"connect_timeout", 1},
                                                    {"max_connections", 3},
                                                    {"max_response_bytes", 100},
                                                    {"max_redirects", 0},
                                                    {"ca_file", "ca.pem"},
                                                    {"proxy", ""}});
    EXPECT_EQ(settings.base_url, "https://stock.example.com/v1");
    EXPECT_EQ(*settings.headers.find("authorization"), "Bearer token");
    EXPECT_EQ(settings.timeout, 2500ms);
    EXPECT_EQ(settings.connect_timeout, 1s);
    EXPECT_EQ(settings.max_connections, 3u);
    EXPECT_EQ(settings.max_response_bytes, 100u);
    EXPECT_EQ(settings.max_redirects, 0u);
    EXPECT_EQ(settings.ca_file, "ca.pem");
    EXPECT_EQ(settings.proxy, "");
}

TEST(HttpClientSettings, name_the_key_that_is_wrong) {
    EXPECT_NE(refusal("https://stock").find("http_clients.stock must be a map"), std::string::npos);
    EXPECT_EQ(refusal(Object{{"timeout", 0}}), "http_clients.stock.timeout must be more than 0");
    EXPECT_EQ(refusal(Object{{"max_connections", 0}}),
              "http_clients.stock.max_connections is 0; it must be from 1 to 10000");
    EXPECT_EQ(refusal(Object{{"headers", "a: b"}}), "http_clients.stock.headers must be a map of names and texts");
    EXPECT_EQ(refusal(Object{{"headers", Object{{"A", 1}}}}), "http_clients.stock.headers.A must be a text");
}

}  // namespace
}  // namespace hiratake::http_client
