#include "http/server_options.hpp"

#include <gmock/gmock.h>

#include "hiratake/base/error.hpp"

namespace hiratake::http {
namespace {

using testing::HasSubstr;

std::string refusal(const Config& config) {
    try {
        read_server_options(config);
    } catch (const ConfigurationError& error) {
        return error.what();
    }
    return {};
}

TEST(ServerOptions, listen_where_nameko_does_unless_told_otherwise) {
    const auto options = read_server_options({});
    EXPECT_EQ(options.listen.address, "0.0.0.0");
    EXPECT_EQ(options.listen.port, 8000);
    EXPECT_FALSE(options.listen.tls);
}

TEST(ServerOptions, come_from_the_configuration) {
    const auto options = read_server_options(Config{}
                                                 .with("WEB_SERVER_ADDRESS", "[::1]:81")
                                                 .with("http.max_body_bytes", 5)
                                                 .with("http.header_timeout", 0.5)
                                                 .with("http.tls.certificate_file", "a.pem")
                                                 .with("http.tls.key_file", "b.pem"));
    EXPECT_EQ(options.listen.address, "::1");
    EXPECT_EQ(options.listen.port, 81);
    EXPECT_EQ(options.limits.max_body_bytes, 5u);
    EXPECT_EQ(options.limits.header_timeout, std::chrono::milliseconds{500});
    ASSERT_EQ(options.listen.tls->certificates.size(), 1u);
    EXPECT_EQ(options.listen.tls->certificates[0].certificate_file, "a.pem");
    EXPECT_EQ(options.listen.tls->certificates[0].key_file, "b.pem");
}

TEST(ServerOptions, have_a_certificate_for_each_name) {
    const Object first{{"certificate_file", "a.pem"}, {"key_file", "b.pem"}};
    const Object second{{"server_names", Array{"shop.example", "*.shop.example"}},
                        {"certificate_file", "c.pem"},
                        {"key_file", "d.pem"}};
    const auto options =
        read_server_options(Config{}.with("http.tls", Array{first, second}).with("http.tls_reload_interval", 60));
    ASSERT_EQ(options.listen.tls->certificates.size(), 2u);
    EXPECT_EQ(options.listen.tls->certificates[1].server_names,
              (std::vector<std::string>{"shop.example", "*.shop.example"}));
    EXPECT_EQ(options.listen.tls->certificates[1].key_file, "d.pem");
    EXPECT_EQ(options.listen.tls->reload_interval, std::chrono::minutes{1});

    EXPECT_THAT(refusal(Config{}.with("http.tls", Array{first, first})), HasSubstr("http.tls[1] needs server_names"));
    EXPECT_THAT(refusal(Config{}.with("http.tls", Array{first, Object{{"key_file", "d.pem"}}})),
                HasSubstr("http.tls[1] needs both"));
    EXPECT_THAT(refusal(Config{}.with("http.tls", Array{})), HasSubstr("http.tls is an empty list"));
    EXPECT_THAT(refusal(Config{}.with("http.tls", first).with("http.tls_reload_interval", 0)),
                HasSubstr("http.tls_reload_interval"));
}

TEST(ServerOptions, name_the_key_that_is_wrong) {
    for (const auto* address :
         {"", "8000", ":8000", "localhost:", "localhost:http", "localhost:70000", "localhost:80 "}) {
        EXPECT_THAT(refusal(Config{}.with("WEB_SERVER_ADDRESS", address)), HasSubstr("WEB_SERVER_ADDRESS")) << address;
    }
    EXPECT_THAT(refusal(Config{}.with("http.max_body_bytes", -1)), HasSubstr("http.max_body_bytes: -1"));
    EXPECT_THAT(refusal(Config{}.with("http.max_header_bytes", 5'000'000'000)), HasSubstr("http.max_header_bytes"));
    EXPECT_THAT(refusal(Config{}.with("http.tls.key_file", "b.pem")), HasSubstr("certificate_file"));
}

}  // namespace
}  // namespace hiratake::http
