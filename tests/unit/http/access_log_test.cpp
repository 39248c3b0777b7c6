#include "http/access_log.hpp"

#include <gtest/gtest.h>

#include "hiratake/base/error.hpp"

namespace hiratake::http {
namespace {

/// The line that is written for an exchange in this form.
std::string line(Value form, const Exchange& exchange) {
    std::string written;
    const Log log{LogLevel::info, [&](const LogRecord& record) { written = record.message; }};
    const Config config{Object{{"http", Object{{"access_log", std::move(form)}}}}};
    const WallTime now{std::chrono::sys_days{std::chrono::year{2026} / 11 / 5} + std::chrono::hours{18}};
    AccessLog(config, Logger(log, "http")).write(exchange, now);
    return written;
}

Exchange answered() {
    Exchange exchange;
    exchange.client_address = "192.0.2.1";
    exchange.method = "GET";
    exchange.target = "/orders/17?full=yes";
    exchange.user_agent = "curl/8 \"x\"\t";
    exchange.route = "/orders/{id}";
    exchange.request_id = "r-1";
    exchange.user = "alice";
    exchange.status = 200;
    exchange.bytes = 5;
    exchange.duration = std::chrono::milliseconds{3};
    return exchange;
}

TEST(AccessLog, writes_the_common_format) {
    EXPECT_EQ(line("common", answered()),
              R"(192.0.2.1 - alice [05/Nov/2026:18:00:00 +0000] "GET /orders/17?full=yes HTTP/1.1" 200 5 0.0030 r-1 )"
              R"("curl/8 \"x\"\x09")");
    EXPECT_EQ(line(nullptr, answered()), line("common", answered())) << "it is the default";
}

TEST(AccessLog, writes_json) {
    EXPECT_EQ(line("json", answered()),
              R"({"time":"Thu, 05 Nov 2026 18:00:00 GMT","address":"192.0.2.1","user":"alice","method":"GET",)"
              R"("target":"/orders/17?full=yes","protocol":"HTTP/1.1","route":"/orders/{id}","status":200,"bytes":5,)"
              R"("seconds":0.003,"request_id":"r-1","user_agent":"curl/8 \"x\"\t"})");
}

TEST(AccessLog, says_why_a_request_was_not_understood) {
    Exchange refused;
    refused.client_address = "192.0.2.1";
    refused.status = 400;
    refused.refusal = "the request is malformed";
    EXPECT_EQ(line("common", refused),
              R"(192.0.2.1 - - [05/Nov/2026:18:00:00 +0000] "-" 400 0 0.0000 - "-" refused: the request is malformed)");
}

TEST(AccessLog, can_be_switched_off) {
    EXPECT_EQ(line("off", answered()), "");
    EXPECT_EQ(line(false, answered()), "") << "as YAML reads a bare off";
    EXPECT_THROW(line("combined", answered()), ConfigurationError);
}

TEST(AccessLog, shows_no_query_that_no_route_has_taken) {
    Exchange lost = answered();
    lost.route.clear();
    lost.target = "/lgoin?password=b";
    EXPECT_NE(line("common", lost).find(R"("GET /lgoin?** HTTP/1.1")"), std::string::npos) << line("common", lost);
    EXPECT_NE(line("json", lost).find(R"("target":"/lgoin?**")"), std::string::npos) << line("json", lost);
}

TEST(AccessLog, hides_sensitive_values) {
    EXPECT_EQ(masked_target("/login?user=a&pass%77ord=b&x&password=c", {"password"}),
              "/login?user=a&pass%77ord=**&x&password=**");
    EXPECT_EQ(masked_target("/login", {"password"}), "/login");
    EXPECT_EQ(masked_target("/login?a=1", {}), "/login?a=1");
}

}  // namespace
}  // namespace hiratake::http
