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
    EXPECT_EQ(options.listen.tls->certificate_file, "a.pem");
    EXPECT_EQ(options.listen.tls->key_file, "b.pem");
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
