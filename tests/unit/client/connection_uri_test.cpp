#include "hiratake/client/core/connection_uri.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "hiratake/base/error.hpp"

namespace hiratake::client {
namespace {

using testing::HasSubstr;
using testing::Not;

ConnectionUri parse_one(std::string_view text) {
    auto uris = parse_connection_uris(text);
    EXPECT_EQ(uris.size(), 1U);
    return uris.front();
}

std::string error_of(std::string_view text) {
    try {
        parse_connection_uris(text);
    } catch (const ConfigurationError& error) {
        return error.what();
    }
    return "no error";
}

TEST(ConnectionUri, has_the_defaults_of_the_protocol) {
    const ConnectionUri expected;
    EXPECT_EQ(parse_one("amqp://"), expected);
    EXPECT_EQ(parse_one("amqp://localhost"), expected);
    EXPECT_EQ(parse_one("pyamqp://guest:guest@localhost:5672/"), expected);
    EXPECT_EQ(parse_one("amqp://guest:guest@localhost//"), expected);
    EXPECT_EQ(parse_one("amqp://localhost/%2F"), expected);
    EXPECT_EQ(expected.host, "localhost");
    EXPECT_EQ(expected.port, 5672);
    EXPECT_EQ(expected.user, "guest");
    EXPECT_EQ(expected.password, "guest");
    EXPECT_EQ(expected.vhost, "/");
}

TEST(ConnectionUri, reads_every_part) {
    const auto uri = parse_one("amqp://bob:s%40cret@broker.example:1234/shop");
    EXPECT_EQ(uri.transport, Transport::tcp);
    EXPECT_EQ(uri.user, "bob");
    EXPECT_EQ(uri.password, "s@cret");
    EXPECT_EQ(uri.host, "broker.example");
    EXPECT_EQ(uri.port, 1234);
    EXPECT_EQ(uri.vhost, "shop");
}

TEST(ConnectionUri, decodes_percent_encoding_everywhere) {
    const auto uri = parse_one("amqp://us%3Aer:p%2Fw@h%6Fst/a%20b/c");
    EXPECT_EQ(uri.user, "us:er");
    EXPECT_EQ(uri.password, "p/w");
    EXPECT_EQ(uri.host, "host");
    EXPECT_EQ(uri.vhost, "a b/c");
}

TEST(ConnectionUri, turns_tls_on_with_its_port_and_verification) {
    const auto uri = parse_one("amqps://h");
    EXPECT_EQ(uri.transport, Transport::tls);
    EXPECT_EQ(uri.port, 5671);
    EXPECT_TRUE(uri.tls.verify_peer);
}

TEST(ConnectionUri, reads_query_parameters) {
    const auto uri = parse_one(
        "amqps://h/v?heartbeat=15&connection_timeout=2500&cacertfile=/ca%2Epem&certfile=c.pem&keyfile=k.pem&"
        "verify=verify_none&server_name_indication=broker&auth_mechanism=external");
    EXPECT_EQ(uri.vhost, "v");
    EXPECT_EQ(uri.heartbeat_s, 15);
    EXPECT_EQ(uri.connection_timeout, std::chrono::milliseconds{2500});
    EXPECT_EQ(uri.tls, (TlsOptions{.ca_certificate_file = "/ca.pem",
                                   .certificate_file = "c.pem",
                                   .key_file = "k.pem",
                                   .verify_peer = false,
                                   .server_name = "broker"}));
    EXPECT_EQ(uri.mechanism, SaslMechanism::external);
}

TEST(ConnectionUri, reads_the_names_that_kombu_has_for_them) {
    const auto uri = parse_one("amqps://h?connect_timeout=1.5&login_method=AMQPLAIN&ssl_ca_certs=ca&ssl_cert_reqs=0");
    EXPECT_EQ(uri.connection_timeout, std::chrono::milliseconds{1500});
    EXPECT_EQ(uri.mechanism, SaslMechanism::amqplain);
    EXPECT_EQ(uri.tls.ca_certificate_file, "ca");
    EXPECT_FALSE(uri.tls.verify_peer);
}

TEST(ConnectionUri, reads_ipv6_addresses) {
    EXPECT_EQ(parse_one("amqp://[::1]").host, "::1");
    const auto uri = parse_one("amqp://u:p@[fe80::2]:5673/v");
    EXPECT_EQ(uri.host, "fe80::2");
    EXPECT_EQ(uri.port, 5673);
    EXPECT_EQ(uri.display(), "amqp://u:**@[fe80::2]:5673/v");
}

TEST(ConnectionUri, lists_several_hosts) {
    const auto whole = parse_connection_uris("amqp://a:1@h1/v; amqps://b:2@h2:99");
    ASSERT_EQ(whole.size(), 2U);
    EXPECT_EQ(whole[0].display(), "amqp://a:**@h1:5672/v");
    EXPECT_EQ(whole[1].display(), "amqps://b:**@h2:99//");

    const auto shared = parse_connection_uris("amqp://a:1@h1:7/v?heartbeat=9;h2:8;h3");
    ASSERT_EQ(shared.size(), 3U);
    EXPECT_EQ(shared[1].display(), "amqp://a:**@h2:8/v");
    EXPECT_EQ(shared[1].password, "1");
    EXPECT_EQ(shared[1].heartbeat_s, 9);
    EXPECT_EQ(shared[2].host, "h3");

    const auto commas = parse_connection_uris("amqp://a:1@h1,h2:8,[::1]:9/v");
    ASSERT_EQ(commas.size(), 3U);
    EXPECT_EQ(commas[0].display(), "amqp://a:**@h1:5672/v");
    EXPECT_EQ(commas[1].display(), "amqp://a:**@h2:8/v");
    EXPECT_EQ(commas[2].display(), "amqp://a:**@[::1]:9/v");
}

TEST(ConnectionUri, names_a_broker_in_memory) {
    const auto uri = parse_one("memory://test-1");
    EXPECT_EQ(uri.transport, Transport::memory);
    EXPECT_EQ(uri.host, "test-1");
    EXPECT_EQ(uri.vhost, "/");
    EXPECT_EQ(uri.display(), "memory://test-1");
    EXPECT_EQ(parse_one("memory://").host, "default");
}

TEST(ConnectionUri, shows_itself_without_its_password) {
    EXPECT_EQ(ConnectionUri{}.display(), "amqp://guest:**@localhost:5672//");
    EXPECT_EQ(parse_one("amqp://b%40b:secret@h/a b").display(), "amqp://b%40b:**@h:5672/a%20b");
}

TEST(ConnectionUri, says_what_is_wrong) {
    EXPECT_THAT(error_of(""), HasSubstr("it is empty"));
    EXPECT_THAT(error_of("localhost"), HasSubstr("it has no scheme"));
    EXPECT_THAT(error_of("http://localhost"), HasSubstr("its scheme is none of"));
    EXPECT_THAT(error_of("amqp://h:0"), HasSubstr("the port is not a number from 1 to 65535"));
    EXPECT_THAT(error_of("amqp://h:65536"), HasSubstr("the port"));
    EXPECT_THAT(error_of("amqp://h:12x"), HasSubstr("the port"));
    EXPECT_THAT(error_of("amqp://[::1"), HasSubstr("has no ']'"));
    EXPECT_THAT(error_of("amqp://[::1]5"), HasSubstr("may follow the ']'"));
    EXPECT_THAT(error_of("amqp://h/%zz"), HasSubstr("in its vhost, '%' must be followed"));
    EXPECT_THAT(error_of("amqp://h?heartbeat=soon"),
                HasSubstr("'heartbeat' takes seconds from 0 to 65535, not 'soon'"));
    EXPECT_THAT(error_of("amqp://h?heart=1"), HasSubstr("it has no parameter 'heart'; there are heartbeat"));
    EXPECT_THAT(error_of("amqp://h?verify=maybe"), HasSubstr("verify_peer or verify_none"));
    EXPECT_THAT(error_of("amqp://h?connection_timeout=0"), HasSubstr("milliseconds, more than 0"));
    EXPECT_THAT(error_of("amqp://h?connect_timeout=-1"), HasSubstr("seconds, more than 0"));
    EXPECT_THAT(error_of("amqp://h?auth_mechanism=GSSAPI"), HasSubstr("plain, amqplain or external"));
    EXPECT_THAT(error_of("amqp://h?certfile="), HasSubstr("'certfile' takes a text"));
    EXPECT_THAT(error_of("amqp://h?verify=%2"), HasSubstr("not percent-encoded correctly"));
}

TEST(ConnectionUri, never_shows_a_password_in_an_error) {
    EXPECT_THAT(error_of("amqp://u:geheim@h:99999"), Not(HasSubstr("geheim")));
    EXPECT_THAT(error_of("amqp://u:ge/heim@h"), Not(HasSubstr("heim")));
    EXPECT_THAT(error_of("amqp://u:ge?heim@h"), Not(HasSubstr("heim")));
}

}  // namespace
}  // namespace hiratake::client
