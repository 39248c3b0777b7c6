#include "hiratake/http/authentication.hpp"

#include <gmock/gmock.h>

#include <stdexcept>

#include "hiratake/base/error.hpp"
#include "hiratake/http/http_error.hpp"
#include "hiratake/http/http_methods.hpp"
#include "hiratake/service/config.hpp"
#include "hiratake/service/service_builder.hpp"
#include "http/constant_time.hpp"
#include "http/http_server.hpp"
#include "support/http_client.hpp"
#include "support/test_environment.hpp"

namespace hiratake::http {
namespace {

using testing::AllOf;
using testing::EndsWith;
using testing::HasSubstr;
using testing::StartsWith;

template <class ServiceClass>
class TestService : public ServiceBuilder<ServiceClass>, public HttpMethods<TestService<ServiceClass>, ServiceClass> {};

std::optional<Principal> verify_token(const std::string& token) {
    if (token == "no-right") throw HttpError(403, "the token is not for this");
    if (token == "no-database") throw std::runtime_error("cannot look up no-database");
    if (token != "token-of-alice") return std::nullopt;
    return Principal{"alice", {{"role", "buyer"}}};
}

struct Shop {
    static constexpr auto name = "shop";
    BearerAuth bearer{&verify_token, {"/hours"}};
    BasicAuth basic{"http.users"};

    std::string who() { return bearer.user_id() + " is " + basic.user_id(); }
    std::string hours() { return "nine to five"; }
    std::string address() { return "at the market"; }
};

/// A service that asks for credentials.
class AuthenticationTest : public testing::Test {
  protected:
    AuthenticationTest() {
        TestService<Shop> service;
        service.get<&Shop::who>("/who");
        service.get<&Shop::hours>("/hours");
        service.get<&Shop::address>("/address").public_access();
        service.post<&Shop::who>("/address");
        container_.emplace(std::move(service).finish(), environment_.environment);
        container_->setup();
        container_->start();
        environment_.event_loop.start();
    }
    ~AuthenticationTest() override {
        container_->kill();
        environment_.event_loop.stop();
        environment_.event_loop.join();
    }

    std::string get(const std::string& path, const std::string& authorization = "") {
        return send("GET", path, authorization);
    }

    std::string send(const std::string& method, const std::string& path, const std::string& authorization = "") {
        const auto& address = container_->shared<HttpServer>().address();
        const auto port = static_cast<std::uint16_t>(std::stoi(address.substr(address.rfind(':') + 1)));
        return client_.send(port, method + " " + path,
                            authorization.empty() ? "" : "Authorization: " + authorization + "\r\n");
    }

    test::HttpClient client_;
    test::TestEnvironment environment_{Config{
        Object{{"WEB_SERVER_ADDRESS", "127.0.0.1:0"}, {"http", Object{{"users", Object{{"bob", "open sesame"}}}}}}}};
    std::optional<ServiceContainer> container_;
};

TEST_F(AuthenticationTest, asks_for_credentials) {
    EXPECT_THAT(get("/who"),
                AllOf(StartsWith("HTTP/1.1 401 "), HasSubstr("\r\nWWW-Authenticate: Bearer realm=\"shop\"\r\n"),
                      HasSubstr("\r\nWWW-Authenticate: Basic realm=\"shop\", charset=\"UTF-8\"\r\n")));
    EXPECT_THAT(get("/who", "Digest abc"), StartsWith("HTTP/1.1 401 "));
    EXPECT_THAT(get("/hours"), EndsWith("nine to five"));
    EXPECT_THAT(get("/address"), EndsWith("at the market"));
    EXPECT_THAT(send("POST", "/address"), StartsWith("HTTP/1.1 401 ")) << "only the other route is public";
    EXPECT_THAT(get("/health/ready"), StartsWith("HTTP/1.1 200 "));
    EXPECT_THAT(get("/no-such-path"), StartsWith("HTTP/1.1 404 "));
}

TEST_F(AuthenticationTest, takes_bearer_tokens) {
    EXPECT_THAT(get("/who", "Bearer token-of-alice"), EndsWith("alice is alice"));
    EXPECT_TRUE(environment_.logged("127.0.0.1 - alice ["));
    EXPECT_THAT(get("/who", "Bearer forged"),
                AllOf(StartsWith("HTTP/1.1 401 "), HasSubstr("Bearer realm=\"shop\", error=\"invalid_token\"")));
    EXPECT_THAT(get("/who", "Bearer no-right"),
                AllOf(StartsWith("HTTP/1.1 403 "), HasSubstr("the token is not for this")));
    EXPECT_THAT(get("/who", "Bearer no-database"), StartsWith("HTTP/1.1 500 "));
    EXPECT_TRUE(environment_.logged("checking the credentials of request "));
    for (const char* secret : {"token-of-alice", "forged", "no-right", "no-database"}) {
        EXPECT_FALSE(environment_.logged(secret)) << secret;
    }
}

TEST_F(AuthenticationTest, takes_passwords) {
    EXPECT_THAT(get("/who", "Basic Ym9iOm9wZW4gc2VzYW1l"), EndsWith("bob is bob"));
    EXPECT_THAT(get("/who", "basic Ym9iOm9wZW4gc2VzYW1l"), EndsWith("bob is bob")) << "schemes have no case";
    EXPECT_THAT(get("/who", "Basic Ym9iOndyb25n"), StartsWith("HTTP/1.1 401 ")) << "bob:wrong";
    EXPECT_THAT(get("/who", "Basic bWFsbG9yeTpvcGVuIHNlc2FtZQ=="), StartsWith("HTTP/1.1 401 "))
        << "mallory:open sesame";
    EXPECT_THAT(get("/who", "Basic not-base64"), StartsWith("HTTP/1.1 401 "));
}

TEST_F(AuthenticationTest, tells_the_documentation) {
    const auto document = get("/openapi.json");
    EXPECT_THAT(document, HasSubstr(R"("securitySchemes":{"bearer":{"type":"http","scheme":"bearer"},)"
                                    R"("basic":{"type":"http","scheme":"basic"}})"));
    const std::string security = R"("security":[{"bearer":[]},{"basic":[]}])";
    EXPECT_NE(document.find(security), document.rfind(security)) << "/who and POST /address";
    const auto address = document.find(R"("/address")");
    EXPECT_GT(document.find(security, address), document.find(R"("post":)", address)) << "GET /address is public";
}

struct Forgetful {
    static constexpr auto name = "forgetful";
    BearerAuth caller{&verify_token, {"/hourz"}};

    void hours() {}
};

TEST_F(AuthenticationTest, refuses_public_paths_that_are_none) {
    TestService<Forgetful> service;
    service.get<&Forgetful::hours>("/hours");
    ServiceContainer container(std::move(service).finish(), environment_.environment);
    container.setup();
    EXPECT_THROW(container.start(), ConfigurationError);
}

struct Unconfigured {
    static constexpr auto name = "unconfigured";
    BasicAuth caller{"http.nobody"};

    void nothing() {}
};

TEST_F(AuthenticationTest, needs_its_users) {
    TestService<Unconfigured> service;
    service.get<&Unconfigured::nothing>("/nothing");
    ServiceContainer container(std::move(service).finish(), environment_.environment);
    EXPECT_THROW(container.setup(), ConfigurationError);
}

TEST(ConstantTime, compares) {
    EXPECT_TRUE(equal_in_constant_time("secret", "secret"));
    EXPECT_FALSE(equal_in_constant_time("secrey", "secret"));
    EXPECT_FALSE(equal_in_constant_time("secretsecret", "secret"));
    EXPECT_FALSE(equal_in_constant_time("", "secret"));
    EXPECT_TRUE(equal_in_constant_time("", ""));
    EXPECT_FALSE(equal_in_constant_time("x", ""));
}

}  // namespace
}  // namespace hiratake::http
