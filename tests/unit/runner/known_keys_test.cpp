#include "runner/known_keys.hpp"

#include <gtest/gtest.h>

#include "hiratake/base/error.hpp"
#include "runner/config_file.hpp"

namespace hiratake::runner {
namespace {

std::string refusal_of(std::string_view yaml) {
    try {
        check_keys(parse_config(yaml, "test", [](const std::string&) { return std::nullopt; }));
        return {};
    } catch (const ConfigurationError& error) {
        return error.what();
    }
}

TEST(KnownKeys, suggest_what_was_meant) {
    EXPECT_EQ(refusal_of("AMQP_URL: memory://"), "configuration: there is no key `AMQP_URL`; did you mean `AMQP_URI`?");
    EXPECT_EQ(refusal_of("maxworkers: 4"), "configuration: there is no key `maxworkers`; did you mean `max_workers`?");
    EXPECT_EQ(refusal_of("Http: {}"), "configuration: there is no key `Http`; did you mean `http`?");
    EXPECT_EQ(refusal_of("smtp: {pasword: x}"),
              "configuration: there is no key `smtp.pasword`; did you mean `smtp.password`?");
    EXPECT_EQ(refusal_of("http: {cors: {origin: \"*\"}}"),
              "configuration: there is no key `http.cors.origin`; did you mean `http.cors.origins`?");
}

TEST(KnownKeys, include_those_of_each_service_and_entrypoint) {
    EXPECT_EQ(refusal_of("concurrency: {shop: {max_worker: 2}}"),
              "configuration: there is no key `concurrency.shop.max_worker`; did you mean "
              "`concurrency.shop.max_workers`?");
    EXPECT_EQ(refusal_of("concurrency: {shop: {entrypoints: {list: {prefetsch: 2}}}}"),
              "configuration: there is no key `concurrency.shop.entrypoints.list.prefetsch`; did you mean "
              "`concurrency.shop.entrypoints.list.prefetch`?");
    EXPECT_EQ(refusal_of("concurrency: {shop: {max_workers: 2, prefetch: 3, entrypoints: {list: {max_workers: 1}}}}"),
              "");
}

TEST(KnownKeys, include_those_of_each_http_client) {
    EXPECT_EQ(refusal_of("http_clients: {stock: {time_out: 2}}"),
              "configuration: there is no key `http_clients.stock.time_out`; did you mean "
              "`http_clients.stock.timeout`?");
    EXPECT_EQ(refusal_of("http_clients: {stock: {base_url: https://stock, headers: {Authorization: x}}, other: }"), "");
}

TEST(KnownKeys, list_what_a_section_has) {
    EXPECT_EQ(refusal_of("log: {colour: true}"),
              "configuration: there is no key `log.colour`; in `log` there are format, level, loggers");
}

TEST(KnownKeys, are_not_missing_where_a_section_belongs) {
    EXPECT_EQ(refusal_of("delivery: best_effort"),
              "configuration: `delivery` is a string, expected a map with some of events, rpc");
    EXPECT_EQ(refusal_of("log: 3"),
              "configuration: `log` is an integer, expected a map with some of format, level, "
              "loggers");
    EXPECT_NE(refusal_of("http: {cors: [\"*\"]}").find("`http.cors` is"), std::string::npos);
    EXPECT_EQ(refusal_of("delivery:\nlog: {}\nhttp: {docs: false}"), "");
}

TEST(KnownKeys, tell_what_to_write_in_place_of_those_of_nameko) {
    for (const char* yaml : {"AMQP_SSL: true", "AMQP_SSL: {ca_certs: ca.pem}"}) {
        EXPECT_TRUE(refusal_of(yaml).starts_with("configuration: there is no key `AMQP_SSL` here")) << yaml;
        EXPECT_NE(refusal_of(yaml).find("amqps://"), std::string::npos) << refusal_of(yaml);
    }
    EXPECT_NE(refusal_of("LOGIN_METHOD: EXTERNAL").find("?login_method=external"), std::string::npos);
    EXPECT_EQ(refusal_of("AMQP_SSL: false\nLOGIN_METHOD:"), "");
}

TEST(KnownKeys, leave_the_services_their_own) {
    EXPECT_EQ(refusal_of("blog: {title: a}\nshop: {currency: EUR}\nhttp: {partners: {bob: x}, users: {alice: y}}"), "");
    EXPECT_EQ(refusal_of("AMQP_URI: memory://\nlog: {level: debug, loggers: {http: info}}\nhttp: {docs: false}"), "");
}

}  // namespace
}  // namespace hiratake::runner
