#include "rpc/open_reply.hpp"

#include <gtest/gtest.h>

#include "hiratake/rpc/rpc_error.hpp"
#include "rpc/exception_on_wire.hpp"

namespace hiratake::rpc {
namespace {

Value opened(std::string_view body, std::string_view content_type = "application/json") {
    return open_reply(ReplyOutcome::made_up(content_type, body), "mail.send");
}

std::string reply_with_error(const std::string& type, const std::string& path) {
    return R"({"result": null, "error": {"exc_type": ")" + type + R"(", "exc_path": ")" + path +
           R"(", "exc_args": ["why"], "value": "why"}})";
}

TEST(OpenReply, returns_the_result) {
    EXPECT_EQ(opened(R"({"result": 5, "error": null})"), Value{5});
    EXPECT_EQ(opened(R"({"result": 5, "error": {}})"), Value{5});
}

TEST(OpenReply, finds_a_result_in_json) {
    const auto found = [](std::string_view content_type, std::string_view body) {
        const ReplyOutcome outcome = ReplyOutcome::made_up(content_type, body);
        const auto result = json_result_in(outcome);
        return result ? std::string{*result} : "nothing";
    };
    EXPECT_EQ(found("application/json", R"({"result": [5], "error": null})"), "[5]");
    EXPECT_EQ(found("application/json", R"({"result": 5, "error": {}})"), "nothing");
    EXPECT_EQ(found("application/json", reply_with_error("ValueError", "builtins.ValueError")), "nothing");
    EXPECT_EQ(found("application/data", R"({"result": 5, "error": null})"), "nothing");
    EXPECT_EQ(found("application/xml", R"({"result": 5, "error": null})"), "nothing");
    EXPECT_FALSE(json_result_in(ReplyOutcome::failed(std::make_exception_ptr(RpcTimeout("late")))));
}

TEST(OpenReply, chooses_the_exception_by_its_path) {
    EXPECT_THROW(opened(reply_with_error("MethodNotFound", "nameko.exceptions.MethodNotFound")), MethodNotFound);
    EXPECT_THROW(opened(reply_with_error("IncorrectSignature", "nameko.exceptions.IncorrectSignature")),
                 IncorrectSignature);
    EXPECT_THROW(opened(reply_with_error("MalformedRequest", "nameko.exceptions.MalformedRequest")), MalformedRequest);
    EXPECT_THROW(opened(reply_with_error("DeadlineExceeded", "hiratake.exceptions.DeadlineExceeded")),
                 DeadlineExceeded);
    EXPECT_THROW(opened(reply_with_error("MethodNotFound", "elsewhere.MethodNotFound")), RemoteError);
}

TEST(OpenReply, keeps_what_a_remote_error_says) {
    try {
        opened(reply_with_error("ValueError", "builtins.ValueError"));
        FAIL() << "no error";
    } catch (const RemoteError& error) {
        EXPECT_EQ(error.type(), "ValueError");
        EXPECT_EQ(error.path(), "builtins.ValueError");
        EXPECT_EQ(error.message(), "why");
        EXPECT_EQ(error.arguments(), Array{"why"});
        EXPECT_STREQ(error.what(), "ValueError why (in mail.send)");
        EXPECT_EQ(error.origin(), (ErrorOrigin{"mail", "send", "ValueError", "builtins.ValueError", "why"}));
    }
}

TEST(OpenReply, names_where_an_error_came_from_that_was_let_out) {
    const auto thrown_by = [](const char* origin) {
        try {
            opened(std::string{
                       R"({"result": null, "error": {"exc_type": "RemoteError", "exc_path": "", "value": "A v", )"} +
                   R"("origin": )" + origin + "}}");
        } catch (const RemoteError& error) {
            return error;
        }
        throw std::logic_error("no error");
    };
    const auto known =
        thrown_by(R"({"service": "a.b", "method": "m", "exc_type": "A", "exc_path": "x.A", "value": "v"})");
    EXPECT_EQ(known.origin(), (ErrorOrigin{"a.b", "m", "A", "x.A", "v"}));
    EXPECT_STREQ(known.what(), "RemoteError A v (in a.b.m)");
    for (const char* none : {"null", "5", "[]"}) EXPECT_EQ(thrown_by(none).origin()->service, "mail") << none;
    EXPECT_EQ(thrown_by(R"({"service": 5})").origin()->service, "5");
}

TEST(OpenReply, refuses_what_is_no_reply) {
    for (const char* body : {"", "{", "5", "[]", "{}", "null"}) EXPECT_THROW(opened(body), MalformedReply) << body;
    EXPECT_THROW(opened(R"({"result": 5, "error": null})", "text/plain"), MalformedReply);
}

TEST(ExceptionOnWire, gives_nameko_s_errors_their_own_paths) {
    const auto on_wire = [](auto error) { return exception_on_wire(std::make_exception_ptr(error)); };
    EXPECT_EQ(on_wire(MethodNotFound("nope")), wire::method_not_found("nope"));
    EXPECT_EQ(on_wire(RemoteError("A", "m.A", "v", {})).value, "A v");
    EXPECT_EQ(on_wire(RemoteError("A", "m.A", "v", {})).exc_path, "nameko.exceptions.RemoteError");
    EXPECT_EQ(on_wire(UnknownService("mail")).value, "Unknown service `mail`");
    const wire::ErrorObject other = on_wire(std::out_of_range("beyond"));
    EXPECT_EQ(other.exc_type, "out_of_range");
    EXPECT_EQ(other.exc_path, "std.out_of_range");
    EXPECT_EQ(other.exc_args, Array{"beyond"});
}

}  // namespace
}  // namespace hiratake::rpc
