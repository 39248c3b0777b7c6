#include "http/router.hpp"

#include <gmock/gmock.h>

#include "hiratake/base/error.hpp"
#include "http/target.hpp"

namespace hiratake::http {
namespace {

using testing::HasSubstr;
using Outcome = Router::Outcome;

class RouterTest : public testing::Test {
  protected:
    RouterTest() {
        router_.add("GET", "/", 1);
        router_.add("GET", "/orders", 2);
        router_.add("POST", "/orders", 3);
        router_.add("GET", "/orders/{id}", 4);
        router_.add("GET", "/orders/new", 5);
        router_.add("GET", "/orders/{id}/items/{item}", 6);
        router_.add("DELETE", "/orders/{number}", 7);
        router_.add("GET", "/orders/new/draft", 8);
    }
    std::string refusal(const std::string& method, const std::string& pattern) {
        try {
            router_.add(method, pattern, 99);
        } catch (const ConfigurationError& error) {
            return error.what();
        }
        return {};
    }
    Router router_;
};

TEST_F(RouterTest, finds_a_route_by_path_and_method) {
    EXPECT_EQ(router_.find("GET", "/").route, 1u);
    EXPECT_EQ(router_.find("GET", "/orders").route, 2u);
    EXPECT_EQ(router_.find("POST", "/orders").route, 3u);
    EXPECT_EQ(router_.find("HEAD", "/orders").route, 2u);
}

TEST_F(RouterTest, reads_variables_and_decodes_them) {
    const auto match = router_.find("GET", "/orders/a%2Fb/items/%C3%A9");
    EXPECT_EQ(match.route, 6u);
    EXPECT_EQ(match.variables, (TextFields{{"id", "a/b"}, {"item", "\xc3\xa9"}}));
}

TEST_F(RouterTest, names_variables_as_the_route_of_each_method_does) {
    EXPECT_EQ(router_.find("GET", "/orders/1").variables, (TextFields{{"id", "1"}}));
    EXPECT_EQ(router_.find("DELETE", "/orders/1").variables, (TextFields{{"number", "1"}}));
}

TEST_F(RouterTest, prefers_a_text_to_a_variable_and_turns_back_where_it_leads_nowhere) {
    EXPECT_EQ(router_.find("GET", "/orders/new").route, 5u);
    EXPECT_EQ(router_.find("GET", "/orders/new/items/2").route, 6u);
    EXPECT_EQ(router_.find("GET", "/orders/new/items/2").variables.front().second, "new");
}

TEST_F(RouterTest, tells_an_unknown_path_from_an_unknown_method) {
    EXPECT_EQ(router_.find("GET", "/nowhere").outcome, Outcome::no_such_path);
    EXPECT_EQ(router_.find("GET", "/orders/").outcome, Outcome::no_such_path);
    EXPECT_EQ(router_.find("GET", "/orders//items/1").outcome, Outcome::no_such_path);
    EXPECT_EQ(router_.find("GET", "/orders/1/items").outcome, Outcome::no_such_path);
    EXPECT_EQ(router_.find("GET", "/orders/%zz").outcome, Outcome::no_such_path);
    const auto match = router_.find("PUT", "/orders");
    EXPECT_EQ(match.outcome, Outcome::method_not_allowed);
    EXPECT_EQ(match.allowed, "GET, HEAD, POST");
    EXPECT_EQ(router_.find("get", "/orders").outcome, Outcome::method_not_allowed);
}

TEST_F(RouterTest, refuses_patterns_that_cannot_work) {
    EXPECT_THAT(refusal("GET", "orders"), HasSubstr("must begin with '/'"));
    EXPECT_THAT(refusal("GET", ""), HasSubstr("must begin with '/'"));
    EXPECT_THAT(refusal("GET", "/orders/{number}"), HasSubstr("/orders/{id} is the same route"));
    EXPECT_THAT(refusal("GET", "/x/{a}/{a}"), HasSubstr("'a' occurs twice"));
    EXPECT_THAT(refusal("GET", "/x/{a}.json"), HasSubstr("a whole segment"));
    EXPECT_THAT(refusal("GET", "/x/{}"), HasSubstr("a whole segment"));
}

TEST(Target, has_a_path_and_a_query) {
    const auto target = parse_target("/a%20b?x=1&y=a+b%21&z&&=q&x=2");
    ASSERT_TRUE(target);
    EXPECT_EQ(target->path, "/a%20b");
    EXPECT_EQ(target->query, (TextFields{{"x", "1"}, {"y", "a b!"}, {"z", ""}, {"", "q"}, {"x", "2"}}));
}

TEST(Target, may_be_in_absolute_form) {
    EXPECT_EQ(parse_target("http://host:80/a?b=c")->path, "/a");
    EXPECT_EQ(parse_target("HTTP://host")->path, "/");
    EXPECT_EQ(parse_target("http://host?b=c")->query, (TextFields{{"b", "c"}}));
    EXPECT_EQ(parse_target("http://host:80/a?b=c")->authority, "host:80");
    EXPECT_FALSE(parse_target("http:///a"));
    EXPECT_FALSE(parse_target("http://user@host/a"));
    EXPECT_FALSE(parse_target("ftp://host/a"));
    EXPECT_FALSE(parse_target("*"));
    EXPECT_FALSE(parse_target("host:443"));
    EXPECT_FALSE(parse_target(""));
}

TEST(Target, has_no_fragment_and_begins_with_its_path) {
    EXPECT_FALSE(parse_target("/a#b"));
    EXPECT_FALSE(parse_target("?a=b"));
    EXPECT_FALSE(parse_target("a"));
}

TEST(Host, has_a_name_or_an_address_and_perhaps_a_port) {
    for (const auto* host : {"", "a", "a.example:80", "a_b-c.example.", "127.0.0.1:1", "[::1]", "[::1]:80", "a:"}) {
        EXPECT_TRUE(is_host(host)) << host;
    }
    for (const auto* host : {"a b", "a/b", "u@a", "a?b", "a:b", "a:1:2", "[::1", "[g]", "[::1]80", "a\\b", "::1"}) {
        EXPECT_FALSE(is_host(host)) << host;
    }
}

TEST(Target, refuses_malformed_percent_encoding) {
    for (const auto* text : {"%", "%2", "%2x", "%x2", "%00", "a%1Fb"}) EXPECT_FALSE(percent_decoded(text)) << text;
    EXPECT_EQ(percent_decoded("%41%6a%4A%"), std::nullopt);
    EXPECT_EQ(percent_decoded("%41%6a%4A"), "AjJ");
    EXPECT_FALSE(parse_target("/?a=%0"));
}

TEST_F(RouterTest, knows_the_methods_of_all_routes) {
    const auto methods = router_.methods();
    EXPECT_THAT(methods, HasSubstr("GET, HEAD"));
    Router other;
    other.add("PUT", "/a/{b}", 0);
    other.add("DELETE", "/c", 1);
    EXPECT_EQ(other.methods(), "DELETE, PUT");
}

TEST_F(RouterTest, knows_its_patterns) {
    EXPECT_TRUE(router_.contains("/"));
    EXPECT_TRUE(router_.contains("/orders/{number}"));
    EXPECT_TRUE(router_.contains("/orders/new"));
    EXPECT_FALSE(router_.contains("/orders/old"));
    EXPECT_FALSE(router_.contains("/orders/{id}/items"));
}

}  // namespace
}  // namespace hiratake::http
