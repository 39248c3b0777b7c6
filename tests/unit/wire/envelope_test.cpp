#include "wire/envelope.hpp"

#include <gtest/gtest.h>

#include "hiratake/payload/json.hpp"

namespace hiratake::wire {
namespace {

ErrorObject error_of(const char* body) {
    auto parsed = parse_request(parse_json(body));
    const ErrorObject* error = std::get_if<ErrorObject>(&parsed);
    return error ? *error : ErrorObject{};
}

TEST(Request, is_written_as_captured) {
    Request request{{5}, {{"y", "\xc3\xa9"}}};
    EXPECT_EQ(std::move(request).encode(json_serializer()), R"({"args": [5], "kwargs": {"y": "\u00e9"}})");
    EXPECT_EQ(Request{}.encode(json_serializer()), R"({"args": [], "kwargs": {}})");
}

TEST(Request, is_written_by_any_serializer) {
    const Serializer serializer = msgpack_serializer();
    EXPECT_EQ(serializer.decode(Request{{5}, {{"y", 1}}}.encode(serializer)),
              (Object{{"args", Array{5}}, {"kwargs", Object{{"y", 1}}}}));
}

TEST(Request, is_as_deep_as_its_reader_allows) {
    Value nested = 1;
    for (std::size_t depth = 2; depth < max_json_depth; ++depth) nested = Array{std::move(nested)};
    EXPECT_NO_THROW(parse_json(Request{{nested}, {}}.encode(json_serializer())));
    nested = Array{std::move(nested)};
    EXPECT_THROW((Request{{nested}, {}}.encode(json_serializer())), JsonError);
}

TEST(Request, shows_where_its_only_arguments_are) {
    EXPECT_EQ(positional_in(Request{{5, "a"}, {}}.encode(json_serializer())), R"([5, "a"])");
    for (const char* body : {R"({"args": [5], "kwargs": {"y": 1}})", R"({"kwargs": {}, "args": [5]})",
                             R"({"args":[5],"kwargs":{}})", R"({"args": , "kwargs": {})", R"({"args": )", "[5]", ""}) {
        EXPECT_EQ(positional_in(body), std::nullopt) << body;
    }
}

TEST(Request, is_read_with_more_members_in_any_order) {
    const auto parsed = parse_request(parse_json(R"({"kwargs": {"y": 1}, "more": 1, "args": [5]})"));
    const Request* request = std::get_if<Request>(&parsed);
    ASSERT_NE(request, nullptr);
    EXPECT_EQ(request->args, Array{5});
    EXPECT_EQ(request->kwargs, (Object{{"y", 1}}));
}

TEST(Request, that_lacks_a_member_is_malformed) {
    for (const char* body : {"{}", R"({"args": []})", R"({"kwargs": {}})"}) {
        const ErrorObject error = error_of(body);
        EXPECT_EQ(error.exc_path, "nameko.exceptions.MalformedRequest") << body;
        EXPECT_EQ(error.value, "Message missing `args` or `kwargs`");
        EXPECT_EQ(error.exc_args, Array{"Message missing `args` or `kwargs`"});
    }
}

TEST(Request, that_is_no_object_is_a_type_error) {
    for (const char* body : {"[]", "\"\"", "null", "5"}) {
        EXPECT_EQ(error_of(body).exc_type, "TypeError") << body;
        EXPECT_EQ(error_of(body).exc_path, "builtins.TypeError") << body;
    }
}

TEST(Request, whose_members_are_of_another_type_is_an_incorrect_signature) {
    for (const char* body : {R"({"args": null, "kwargs": {}})", R"({"args": [], "kwargs": null})",
                             R"({"args": {}, "kwargs": {}})", R"({"args": [], "kwargs": []})"}) {
        EXPECT_EQ(error_of(body).exc_path, "nameko.exceptions.IncorrectSignature") << body;
    }
    EXPECT_EQ(error_of(R"({"args": null, "kwargs": {}})").value, "`args` must be an array, not null");
}

TEST(Reply, is_written_as_captured) {
    EXPECT_EQ((Reply{5, {}}.encode(json_serializer())), R"({"result": 5, "error": null})");
    EXPECT_EQ(
        (Reply{{}, method_not_found("nope")}.encode(json_serializer())),
        R"({"result": null, "error": {"exc_type": "MethodNotFound", "exc_path": "nameko.exceptions.MethodNotFound", )"
        R"("exc_args": ["nope"], "value": "nope"}})");
    EXPECT_EQ((Reply{"dropped", malformed_request("bad")}.encode(json_serializer())).find("dropped"),
              std::string::npos);
}

TEST(Reply, is_written_by_any_serializer) {
    const Serializer serializer = msgpack_serializer();
    EXPECT_EQ(serializer.decode(Reply{5, {}}.encode(serializer)), (Object{{"result", 5}, {"error", nullptr}}));
}

TEST(Reply, shows_where_its_result_is) {
    EXPECT_EQ(result_in(Reply{Array{5, "a"}, {}}.encode(json_serializer())), R"([5, "a"])");
    const std::string failed = Reply{{}, method_not_found("nope")}.encode(json_serializer());
    for (const std::string& body : {failed, std::string{R"({"error": null, "result": 5})"}, std::string{}}) {
        EXPECT_EQ(result_in(body), std::nullopt) << body;
    }
}

TEST(Reply, succeeds_unless_its_error_is_true_in_python) {
    for (const char* error : {"null", "{}", "false", "0", "0.0", "\"\"", "[]"}) {
        const auto reply = parse_reply(parse_json(std::string(R"({"result": 5, "error": )") + error + "}"));
        ASSERT_TRUE(reply) << error;
        EXPECT_FALSE(reply->error) << error;
        EXPECT_EQ(reply->result, Value(5));
    }
    for (const char* error : {"true", "1", "0.5", "\"x\"", "[0]", R"({"a": 1})", "99999999999999999999"}) {
        const auto reply = parse_reply(parse_json(std::string(R"({"result": 5, "error": )") + error + "}"));
        ASSERT_TRUE(reply) << error;
        EXPECT_TRUE(reply->error) << error;
    }
    EXPECT_EQ(parse_reply(parse_json(R"({"result": 5})"))->result, Value(5));
}

TEST(Reply, without_result_or_error_is_none) {
    EXPECT_FALSE(parse_reply(parse_json("{}")));
    EXPECT_FALSE(parse_reply(parse_json(R"({"error": null})")));
    EXPECT_FALSE(parse_reply(parse_json("[5]")));
    EXPECT_FALSE(parse_reply(""));
}

TEST(ErrorObject, is_read_as_it_was_written) {
    const ErrorObject error{
        "ValueError", "builtins.ValueError", {"bad", Object{{"k", "1"}}, "3"}, "('bad', {'k': 1}, 3)"};
    EXPECT_EQ(ErrorObject::from_value(error.to_value()), error);
    EXPECT_EQ(write_json(error.to_value()),
              R"({"exc_type": "ValueError", "exc_path": "builtins.ValueError", "exc_args": ["bad", {"k": "1"}, "3"], )"
              R"json("value": "('bad', {'k': 1}, 3)"})json");
}

TEST(ErrorObject, tolerates_older_and_stranger_peers) {
    const ErrorObject old = ErrorObject::from_value(
        parse_json(R"({"exc_type": "KeyError", "value": "'k'", "traceback": "Traceback ..."})"));
    EXPECT_EQ(old, (ErrorObject{"KeyError", "", {}, "'k'"}));
    EXPECT_EQ(ErrorObject::from_value("text"), (ErrorObject{"UnknownError", "", {}, "text"}));
    EXPECT_EQ(ErrorObject::from_value(true).value, "true");
    EXPECT_EQ(ErrorObject::from_value(parse_json(R"({"exc_type": null, "value": [1], "exc_args": 5})")),
              (ErrorObject{"UnknownError", "", {}, "[1]"}));
}

TEST(ErrorObject, names_the_errors_that_python_clients_know) {
    EXPECT_EQ(incorrect_signature("go() missing 1 required positional argument: 'x'").exc_path,
              "nameko.exceptions.IncorrectSignature");
    EXPECT_EQ(malformed_request("x").exc_type, "MalformedRequest");
    const ErrorObject unserializable = unserializable_value("<object>");
    EXPECT_EQ(unserializable.exc_type, "UnserializableValueError");
    EXPECT_EQ(unserializable.value, "Unserializable value: `<object>`");
}

// Python: safe_for_serialization(["bad", {"k": 1}, 3, None, True, 1.5, float("inf"), float("nan"), 1e16, 10 ** 20])
TEST(ErrorObject, makes_arguments_safe_as_nameko_does) {
    const Value safe =
        make_safe(parse_json(R"(["bad", {"k": 1}, 3, null, true, 1.5, Infinity, NaN, 1e16, 100000000000000000000])"));
    EXPECT_EQ(write_json(safe),
              R"(["bad", {"k": "1"}, "3", "None", "True", "1.5", "inf", "nan", "1e+16", "100000000000000000000"])");
    EXPECT_EQ(make_safe(false), Value("False"));
}

}  // namespace
}  // namespace hiratake::wire
