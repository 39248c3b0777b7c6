#include "wire/web_socket_envelope.hpp"

#include <gtest/gtest.h>

#include <limits>

#include "hiratake/payload/json.hpp"

namespace hiratake::wire {
namespace {

TEST(WebSocketRequest, names_a_method_and_its_arguments) {
    const auto request =
        parse_web_socket_request(R"({"method": "say", "data": {"text": "hi"}, "correlation_id": [1, "x"]})");
    ASSERT_TRUE(request);
    EXPECT_EQ(request->method, "say");
    EXPECT_EQ(request->data, (Object{{"text", "hi"}}));
    EXPECT_EQ(request->correlation_id, (Array{1, "x"}));
}

TEST(WebSocketRequest, may_leave_out_all_but_the_method) {
    for (const auto* text : {R"({"method": "say"})", R"({"method": "say", "data": null})",
                             R"({"method": "say", "data": []})", R"({"method": "say", "data": false})"}) {
        const auto request = parse_web_socket_request(text);
        ASSERT_TRUE(request) << text;
        EXPECT_EQ(request->data, Object{}) << text;
        EXPECT_TRUE(request->correlation_id.is_null());
    }
}

TEST(WebSocketRequest, keeps_data_that_fit_no_method) {
    EXPECT_EQ(parse_web_socket_request(R"({"method": "say", "data": [1]})")->data, Array{1});
}

TEST(WebSocketRequest, gets_a_name_that_no_method_has_where_it_is_no_text) {
    EXPECT_EQ(parse_web_socket_request(R"({"method": 5})")->method, "5");
    EXPECT_EQ(parse_web_socket_request(R"({"method": null})")->method, "null");
}

TEST(WebSocketRequest, is_none_in_anything_else) {
    for (const auto* text : {"", "say", "[]", "5", "{}", R"({"data": {}})", R"({"method": )", "\"method\""}) {
        EXPECT_FALSE(parse_web_socket_request(text)) << text;
    }
}

TEST(WebSocketReply, is_written_as_python_writes_it) {
    EXPECT_EQ(web_socket_result(Array{1, 2.0}, "c1"),
              R"({"type": "result", "success": true, "data": [1, 2.0], "correlation_id": "c1"})");
    EXPECT_EQ(web_socket_error(malformed_request("Invalid JSON data"), nullptr),
              R"({"type": "result", "success": false, "error": {"exc_type": "MalformedRequest", )"
              R"("exc_path": "nameko.exceptions.MalformedRequest", "exc_args": ["Invalid JSON data"], )"
              R"("value": "Invalid JSON data"}, "correlation_id": null})");
    EXPECT_EQ(web_socket_event("connected", Object{{"socket_id", "s"}}),
              R"({"type": "event", "event": "connected", "data": {"socket_id": "s"}})");
    EXPECT_EQ(web_socket_event("caf\u00e9", nullptr), R"({"type": "event", "event": "caf\u00e9", "data": null})");
    EXPECT_THROW(web_socket_result("\xff", nullptr), JsonError);
}

}  // namespace
}  // namespace hiratake::wire
