#include <gtest/gtest.h>

#include "hiratake/base/error.hpp"
#include "http/request_id.hpp"
#include "http/trace_context.hpp"
#include "http/trusted_proxies.hpp"

namespace hiratake::http {
namespace {

Config trusting(Array networks) {
    return Config{Object{{"http", Object{{"trusted_proxies", std::move(networks)}}}}};
}

/// What arrives from this peer with these headers, as a server behind 10.0.0.0/8 and ::1 sees it.
Request seen(std::string peer, Headers headers) {
    Request request;
    request.peer_address = std::move(peer);
    request.headers = std::move(headers);
    TrustedProxies(trusting({"10.0.0.0/8", "::1"})).apply(request);
    return request;
}

TEST(TrustedProxies, are_believed) {
    const auto request = seen("10.1.2.3", {{"Host", "inner"},
                                           {"X-Forwarded-For", "192.0.2.1"},
                                           {"X-Forwarded-Proto", "https"},
                                           {"X-Forwarded-Host", "shop.example"}});
    EXPECT_EQ(request.peer_address, "192.0.2.1");
    EXPECT_TRUE(request.is_encrypted);
    EXPECT_EQ(*request.headers.find("Host"), "shop.example");
}

TEST(TrustedProxies, others_are_not_believed) {
    const auto request =
        seen("11.1.2.3", {{"Host", "inner"}, {"X-Forwarded-For", "192.0.2.1"}, {"X-Forwarded-Proto", "https"}});
    EXPECT_EQ(request.peer_address, "11.1.2.3");
    EXPECT_FALSE(request.is_encrypted);
    EXPECT_EQ(seen("memory", {{"X-Forwarded-For", "192.0.2.1"}}).peer_address, "memory");
}

TEST(TrustedProxies, the_nearest_address_that_is_not_trusted_is_the_clients) {
    EXPECT_EQ(
        seen("10.1.2.3", {{"X-Forwarded-For", "6.6.6.6, 192.0.2.1"}, {"X-Forwarded-For", "10.9.9.9"}}).peer_address,
        "192.0.2.1")
        << "6.6.6.6 is what the client claims";
    EXPECT_EQ(seen("10.1.2.3", {{"X-Forwarded-For", "10.1.1.1, 10.9.9.9"}}).peer_address, "10.1.1.1");
    EXPECT_EQ(seen("10.1.2.3", {{"X-Forwarded-For", "192.0.2.1, garbage"}}).peer_address, "10.1.2.3")
        << "what is before an address that cannot be read is not believed";
}

TEST(TrustedProxies, speak_rfc_7239_too) {
    const auto request =
        seen("::1",
             {{"Forwarded", R"(for=6.6.6.6, For="[2001:db8::17]:4711";proto=https;host="shop.example", for=10.0.0.1)"},
              {"X-Forwarded-For", "7.7.7.7"}});
    EXPECT_EQ(request.peer_address, "2001:db8::17");
    EXPECT_TRUE(request.is_encrypted);
    EXPECT_EQ(*request.headers.find("Host"), "shop.example");
    EXPECT_EQ(seen("::1", {{"Forwarded", "for=unknown"}}).peer_address, "::1");
    EXPECT_EQ(seen("::1", {{"Forwarded", "for=192.0.2.1:80"}}).peer_address, "192.0.2.1");
}

TEST(TrustedProxies, are_networks) {
    EXPECT_THROW(TrustedProxies{trusting({"10.0.0.0/33"})}, ConfigurationError);
    EXPECT_THROW(TrustedProxies{trusting({"proxy.example"})}, ConfigurationError);
    EXPECT_THROW(TrustedProxies{trusting({7})}, ConfigurationError);
    const net::IpNetworks networks({"172.16.0.0/12", "2001:db8::/33", "192.0.2.7"});
    EXPECT_TRUE(networks.contain("172.31.255.255"));
    EXPECT_TRUE(networks.contain("::ffff:172.16.0.1"));
    EXPECT_FALSE(networks.contain("172.32.0.0"));
    EXPECT_TRUE(networks.contain("2001:db8:7fff::1"));
    EXPECT_FALSE(networks.contain("2001:db8:8000::1"));
    EXPECT_TRUE(networks.contain("192.0.2.7"));
    EXPECT_FALSE(networks.contain("192.0.2.8"));
    EXPECT_FALSE(networks.contain("unknown"));
}

TEST(TraceContext, is_recognised) {
    EXPECT_TRUE(is_traceparent("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"));
    EXPECT_TRUE(is_traceparent("cc-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01-what-comes-later"));
    for (const char* wrong : {"", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-1",
                              "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01-more",
                              "cc-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01.more",
                              "ff-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
                              "00-0AF7651916CD43DD8448EB211C80319C-b7ad6b7169203331-01",
                              "00-00000000000000000000000000000000-b7ad6b7169203331-01",
                              "00-0af7651916cd43dd8448eb211c80319c-0000000000000000-01",
                              "00_0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"}) {
        EXPECT_FALSE(is_traceparent(wrong)) << wrong;
    }
}

TEST(TraceContext, goes_into_the_context_data) {
    Request request;
    request.headers.add("tracestate", "a=1");
    Object data;
    read_trace_context(request, data);
    EXPECT_TRUE(data.empty()) << "a state without a parent means nothing";
    request.headers.add("tracestate", "b=2");
    request.headers.add("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
    read_trace_context(request, data);
    EXPECT_EQ(data.find("traceparent")->as_string(), "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
    EXPECT_EQ(data.find("tracestate")->as_string(), "a=1,b=2");
}

TEST(TraceContext, goes_back_into_headers_if_it_makes_sense) {
    Headers headers;
    write_trace_context({{"traceparent", "nonsense"}, {"tracestate", "a=1"}}, headers);
    write_trace_context({{"tracestate", "a=1"}}, headers);
    EXPECT_TRUE(headers.empty());
    const char* parent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
    write_trace_context({{"traceparent", parent}, {"tracestate", "a=1\r\nB: 2"}}, headers);
    EXPECT_EQ(headers, (Headers{{"traceparent", parent}}));
    write_trace_context({{"traceparent", parent}, {"tracestate", "a=1"}}, headers);
    EXPECT_EQ(headers, (Headers{{"traceparent", parent}, {"tracestate", "a=1"}}));
}

TEST(RequestId, is_taken_over_or_made) {
    Random random{1};
    Request request;
    EXPECT_EQ(request_id_of(request, random).size(), 36u);
    request.headers.set("X-Request-ID", "abc-123.DEF_4:5/6+7=");
    EXPECT_EQ(request_id_of(request, random), "abc-123.DEF_4:5/6+7=");
    for (const std::string& wrong :
         {std::string{}, std::string{"a b"}, std::string{"<script>"}, std::string(129, 'a')}) {
        request.headers.set("X-Request-ID", wrong);
        EXPECT_NE(request_id_of(request, random), wrong);
    }
}

}  // namespace
}  // namespace hiratake::http
