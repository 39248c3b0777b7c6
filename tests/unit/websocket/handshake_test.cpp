#include "websocket/handshake.hpp"

#include <gtest/gtest.h>

namespace hiratake::websocket {
namespace {

/// RFC 6455 section 1.3.
http::Request opening() {
    http::Request request;
    request.method = "GET";
    request.path = "/ws";
    request.headers = {{"Host", "server.example.com"},
                       {"Upgrade", "websocket"},
                       {"Connection", "Upgrade"},
                       {"Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ=="},
                       {"Sec-WebSocket-Version", "13"}};
    return request;
}

http::Request with(const std::string& name, const std::string& value) {
    auto request = opening();
    request.headers.set(name, value);
    return request;
}

int status_of(const http::Request& request, const OriginPolicy& origins = {}) {
    return answer_handshake(request, origins).status;
}

TEST(Handshake, answers_the_example_of_the_rfc) {
    const auto response = answer_handshake(opening(), {});
    EXPECT_EQ(response.status, 101);
    EXPECT_EQ(*response.headers.find("Upgrade"), "websocket");
    EXPECT_EQ(*response.headers.find("Sec-WebSocket-Accept"), "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
}

TEST(Handshake, agrees_on_no_extension_and_no_sub_protocol) {
    auto request = with("Sec-WebSocket-Extensions", "permessage-deflate; client_max_window_bits");
    request.headers.set("Sec-WebSocket-Protocol", "chat, superchat");
    const auto response = answer_handshake(request, {});
    EXPECT_EQ(response.status, 101);
    EXPECT_FALSE(response.headers.contains("Sec-WebSocket-Extensions"));
    EXPECT_FALSE(response.headers.contains("Sec-WebSocket-Protocol"));
}

TEST(Handshake, reads_the_headers_as_lists_of_tokens) {
    EXPECT_EQ(status_of(with("Connection", "keep-alive, upgrade")), 101);
    EXPECT_EQ(status_of(with("Upgrade", "h2c , WebSocket")), 101);
    EXPECT_EQ(status_of(with("Connection", "keep-alive")), 426);
    EXPECT_EQ(status_of(with("Upgrade", "websocket2")), 426);
}

TEST(Handshake, answers_426_to_another_version_and_says_which_one_is_spoken) {
    const auto response = answer_handshake(with("Sec-WebSocket-Version", "8"), {});
    EXPECT_EQ(response.status, 426);
    EXPECT_EQ(*response.headers.find("Sec-WebSocket-Version"), "13");
    auto without = opening();
    without.headers.erase("Sec-WebSocket-Version");
    EXPECT_EQ(status_of(without), 426);
}

TEST(Handshake, answers_426_to_a_plain_request) {
    auto request = opening();
    request.headers.erase("Upgrade");
    const auto response = answer_handshake(request, {});
    EXPECT_EQ(response.status, 426);
    EXPECT_EQ(*response.headers.find("Upgrade"), "websocket");
    auto head = opening();
    head.method = "HEAD";
    EXPECT_EQ(status_of(head), 426);
}

TEST(Handshake, answers_400_to_a_key_that_is_not_16_bytes) {
    EXPECT_EQ(status_of(with("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25j")), 400);
    EXPECT_EQ(status_of(with("Sec-WebSocket-Key", "not base64")), 400);
    auto request = opening();
    request.headers.add("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ==");
    EXPECT_EQ(status_of(request), 400);
    request.headers.erase("Sec-WebSocket-Key");
    EXPECT_EQ(status_of(request), 400);
}

TEST(Handshake, lets_only_pages_of_its_own_host_in_unless_told_otherwise) {
    EXPECT_EQ(status_of(opening()), 101) << "no browser";
    EXPECT_EQ(status_of(with("Origin", "https://Server.example.com")), 101);
    EXPECT_EQ(status_of(with("Origin", "https://server.example.com:8443")), 403);
    EXPECT_EQ(status_of(with("Origin", "https://evil.example")), 403);
    EXPECT_EQ(status_of(with("Origin", "null")), 403);
}

TEST(Handshake, lets_the_configured_pages_in) {
    const OriginPolicy shop{{{"https://shop.example", "null"}}};
    EXPECT_EQ(status_of(with("Origin", "https://shop.example"), shop), 101);
    EXPECT_EQ(status_of(with("Origin", "null"), shop), 101);
    EXPECT_EQ(status_of(with("Origin", "http://shop.example"), shop), 403);
    EXPECT_EQ(status_of(with("Origin", "https://server.example.com"), shop), 403) << "it is not listed";
    EXPECT_EQ(status_of(with("Origin", "https://anywhere.example"), OriginPolicy{{{"*"}}}), 101);
}

}  // namespace
}  // namespace hiratake::websocket
