#include <gmock/gmock.h>

#include "hiratake/base/error.hpp"
#include "hiratake/http/request.hpp"
#include "hiratake/http/response.hpp"
#include "hiratake/payload/json.hpp"
#include "http/http_date.hpp"
#include "http/problem.hpp"
#include "http/responder.hpp"

namespace hiratake::http {
namespace {

TEST(Headers, compares_names_without_regard_to_case) {
    Headers headers{{"Content-Type", "text/plain"}, {"X", "1"}, {"x", "2"}};
    EXPECT_EQ(*headers.find("content-TYPE"), "text/plain");
    EXPECT_EQ(headers.count("X"), 2u);
    headers.set("x", "3");
    EXPECT_EQ(headers.count("X"), 1u);
    EXPECT_EQ(*headers.find("X"), "3");
    EXPECT_TRUE(headers.erase("CONTENT-type"));
    EXPECT_FALSE(headers.erase("CONTENT-type"));
    EXPECT_EQ(headers.find("Content-Type"), nullptr);
}

TEST(Headers, lets_nothing_be_smuggled_in) {
    Headers headers;
    EXPECT_THROW(headers.add("X", "a\r\nSet-Cookie: b"), Error);
    EXPECT_THROW(headers.add("X", std::string("a\0b", 3)), Error);
    EXPECT_THROW(headers.add("X\r\nY", "a"), Error);
    EXPECT_THROW(headers.add("X:", "a"), Error);
    EXPECT_THROW(headers.add("", "a"), Error);
    EXPECT_TRUE(headers.empty());
}

TEST(Request, knows_its_media_type) {
    Request request;
    EXPECT_EQ(request.media_type(), "");
    request.headers.set("content-type", " Application/JSON ; charset=utf-8");
    EXPECT_EQ(request.media_type(), "application/json");
}

TEST(Request, finds_a_query_parameter) {
    Request request;
    request.query = {{"a", "1"}, {"a", "2"}};
    EXPECT_EQ(*request.query_parameter("a"), "1");
    EXPECT_EQ(request.query_parameter("b"), nullptr);
}

TEST(Problem, is_what_rfc_9457_says) {
    const auto response =
        problem(422, "it does not fit", {{"a.b", "got a string", "an integer"}, {"c", "it is missing", ""}});
    EXPECT_EQ(response.status, 422);
    EXPECT_EQ(*response.headers.find("Content-Type"), "application/problem+json");
    EXPECT_EQ(response.body,
              R"({"type":"about:blank","title":"Unprocessable Content","status":422,"detail":"it does not fit",)"
              R"("errors":[{"path":"a.b","problem":"got a string","expected":"an integer"},)"
              R"({"path":"c","problem":"it is missing"}]})");
}

TEST(Problem, carries_further_members) {
    EXPECT_EQ(problem(500, "", {}, {{"call_id", "a.b.c"}}).body,
              R"({"type":"about:blank","title":"Internal Server Error","status":500,"call_id":"a.b.c"})");
}

TEST(Problem, names_the_request) {
    auto by_a_uuid = problem(404, "");
    name_request(by_a_uuid, "f81d4fae-7dec-11d0-a765-00a0c91e6bf6");
    EXPECT_EQ(by_a_uuid.body, R"({"type":"about:blank","title":"Not Found","status":404,)"
                              R"("instance":"urn:uuid:f81d4fae-7dec-11d0-a765-00a0c91e6bf6",)"
                              R"("request_id":"f81d4fae-7dec-11d0-a765-00a0c91e6bf6"})");
    auto by_another_id = problem(404, "");
    name_request(by_another_id, "order/17");
    EXPECT_EQ(by_another_id.body, R"({"type":"about:blank","title":"Not Found","status":404,"request_id":"order/17"})");
}

TEST(HttpDate, is_what_rfc_9110_says) {
    EXPECT_EQ(http_date(WallTime{std::chrono::seconds{784111777}}), "Sun, 06 Nov 1994 08:49:37 GMT");
    EXPECT_EQ(http_date(WallTime{}), "Thu, 01 Jan 1970 00:00:00 GMT");
}

TEST(Responder, answers_500_when_it_is_forgotten) {
    int status = 0;
    {
        Responder responder([&](Response response, Exchange) { status = response.status; });
    }
    EXPECT_EQ(status, 500);
}

TEST(Responder, answers_once) {
    std::vector<int> statuses;
    {
        Responder responder([&](Response response, Exchange) { statuses.push_back(response.status); });
        Responder moved(std::move(responder));
        moved({204, {}, {}});
    }
    EXPECT_EQ(statuses, (std::vector<int>{204}));
}

}  // namespace
}  // namespace hiratake::http
