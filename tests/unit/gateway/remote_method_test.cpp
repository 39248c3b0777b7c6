#include "gateway/remote_method.hpp"

#include <gtest/gtest.h>

#include "hiratake/base/error.hpp"
#include "hiratake/payload/convert.hpp"
#include "hiratake/payload/json.hpp"

namespace hiratake::gateway {
namespace {

http::Request get(http::TextFields path_variables, http::TextFields query = {}) {
    http::Request request;
    request.method = "GET";
    request.path_variables = std::move(path_variables);
    request.query = std::move(query);
    return request;
}

http::Request post(std::string body, http::TextFields path_variables = {}) {
    http::Request request;
    request.method = "POST";
    request.path_variables = std::move(path_variables);
    request.headers.set("Content-Type", "application/json");
    request.headers.set("Content-Length", std::to_string(body.size()));
    request.body = std::move(body);
    return request;
}

MethodDescription method_of(std::string_view parameters, std::string_view result = "{}") {
    return MethodDescription{"get", "One order.", from_value<std::vector<ParameterDescription>>(parse_json(parameters)),
                             parse_json(result).as_object()};
}

RemoteMethod described(const Route& route, std::string_view parameters, std::string_view definitions = "{}") {
    const auto schemas = std::make_shared<RemoteSchemas>("shop", parse_json(definitions).as_object());
    return {route, method_of(parameters), {}, schemas};
}

/// The arguments, or the problems, as JSON.
std::string read(const RemoteMethod& method, const http::Request& request) {
    auto arguments = method.read_arguments(request);
    if (!arguments.problem) return write_json(arguments.kwargs, JsonStyle::compact);
    const Value problem = parse_json(arguments.problem->body);
    const Value* errors = problem.find("errors");
    return std::to_string(arguments.problem->status) + " " +
           (errors ? write_json(*errors, JsonStyle::compact) : problem.find("detail")->as_string());
}

const Route get_order{.path = "/orders/{id}", .rpc = "shop.get"};
const Route post_order{.http_method = "POST", .path = "/orders/{id}", .rpc = "shop.change"};

TEST(RemoteMethod, converts_texts_as_the_schemas_say) {
    const auto method = described(get_order, R"([
        {"name": "id", "required": true, "schema": {"type": "integer", "minimum": 1}},
        {"name": "full", "required": false, "schema": {"type": "boolean", "default": false}},
        {"name": "weight", "required": false,
         "schema": {"anyOf": [{"type": "number"}, {"type": "null"}], "default": null}},
        {"name": "tags", "required": false, "schema": {"type": "array", "items": {"type": "string"}, "default": []}},
        {"name": "sizes", "required": false,
         "schema": {"type": "array", "items": {"$ref": "#/$defs/Size"}, "default": []}},
        {"name": "name", "required": false, "schema": {"type": "string", "default": ""}}])",
                                  R"({"Size": {"type": "integer", "enum": [1, 2]}})");
    EXPECT_TRUE(method.is_described());
    EXPECT_EQ(read(method, get({{"id", "17"}})), R"({"id":17})") << "defaults are the service's business";
    EXPECT_EQ(read(method, get({{"id", "17"}}, {{"full", "true"},
                                                {"weight", "2.5"},
                                                {"tags", "1"},
                                                {"sizes", "1"},
                                                {"sizes", "2"},
                                                {"name", "5"},
                                                {"other", "ignored"}})),
              R"({"id":17,"full":true,"weight":2.5,"tags":["1"],"sizes":[1,2],"name":"5"})");
}

TEST(RemoteMethod, names_everything_that_does_not_fit_and_where) {
    const auto method = described(get_order, R"([
        {"name": "id", "required": true, "schema": {"type": "integer"}},
        {"name": "limit", "required": true, "schema": {"type": "integer", "maximum": 10}},
        {"name": "size", "required": true, "schema": {"$ref": "#/$defs/Size"}}])",
                                  R"({"Size": {"type": "string", "enum": ["small", "large"]}})");
    EXPECT_EQ(read(method, get({{"id", "5"}}, {{"limit", "20"}})),
              R"(422 [{"path":"query.size","problem":"it is missing","expected":"one of 'small', 'large'"},)"
              R"({"path":"query.limit","problem":"got 20","expected":"an integer of at most 10"}])");
    EXPECT_EQ(read(method, get({{"id", "x"}}, {{"limit", "2"}, {"size", "small"}})),
              R"(404 [{"path":"path.id","problem":"got 'x'","expected":"an integer"}])");
}

TEST(RemoteMethod, reads_members_of_the_body) {
    const auto method = described(post_order, R"([
        {"name": "id", "required": true, "schema": {"type": "integer"}},
        {"name": "place", "required": true, "schema": {"$ref": "#/$defs/Place"}},
        {"name": "note", "required": true, "schema": {"anyOf": [{"type": "string"}, {"type": "null"}]}}])",
                                  R"({"Place": {"type": "object", "required": ["x"],
                                      "properties": {"x": {"type": "number"}, "next": {"$ref": "#/$defs/Place"}}}})");
    EXPECT_EQ(read(method, post(R"({"place": {"x": 1, "next": {"x": 2.5}}, "note": "n"})", {{"id", "5"}})),
              R"({"place":{"x":1,"next":{"x":2.5}},"note":"n","id":5})");
    EXPECT_EQ(read(method, post(R"({"place": {"x": 1}})", {{"id", "5"}})), R"({"place":{"x":1},"id":5,"note":null})")
        << "what may be null may be left out";
    EXPECT_EQ(read(method, post(R"({"place": {"x": "a", "next": {}}, "other": 1})", {{"id", "5"}})),
              R"(422 [{"path":"body.place.x","problem":"got a string","expected":"a number"},)"
              R"({"path":"body.place.next.x","problem":"it is missing","expected":"a number"},)"
              R"({"path":"body.other","problem":"it is not known here"}])");
    EXPECT_EQ(read(method, post("[]", {{"id", "5"}})),
              R"(422 [{"path":"body","problem":"got an array","expected":"an object"}])");
    EXPECT_EQ(read(method, post("{", {{"id", "5"}})).substr(0, 24), "400 the body is no JSON:");
}

TEST(RemoteMethod, adds_the_arguments_that_the_route_fixes) {
    Route route = post_order;
    route.arguments = {{"tenant", "main"}};
    const auto method = described(route, R"([
        {"name": "id", "required": true, "schema": {"type": "string"}},
        {"name": "tenant", "required": true, "schema": {"type": "string"}}])");
    EXPECT_EQ(read(method, post("{}", {{"id", "5"}})), R"({"id":"5","tenant":"main"})");
    const auto refusal = R"(422 [{"path":"body.tenant","problem":"it is not known here"}])";
    EXPECT_EQ(read(method, post(R"({"tenant": "other"})", {{"id", "5"}})), refusal);
    EXPECT_EQ(read(RemoteMethod{route}, post(R"({"tenant": "other"})", {{"id", "5"}})), refusal);
}

TEST(RemoteMethod, passes_everything_on_to_a_method_that_is_not_described) {
    const RemoteMethod get_method{get_order};
    EXPECT_FALSE(get_method.is_described());
    EXPECT_EQ(read(get_method, get({{"id", "5"}}, {{"a", "1"}, {"b", "x"}, {"a", "2"}, {"a", "3"}, {"id", "no"}})),
              R"({"id":"5","a":["1","2","3"],"b":"x"})");
    const RemoteMethod post_method{post_order};
    EXPECT_EQ(read(post_method, post(R"({"a": [1, {"b": null}]})", {{"id", "5"}})), R"({"a":[1,{"b":null}],"id":"5"})");
    EXPECT_EQ(read(post_method, post("5", {{"id", "5"}})),
              R"(422 [{"path":"body","problem":"got an integer","expected":"an object"}])");
}

TEST(RemoteMethod, refuses_a_description_that_does_not_fit_the_route) {
    EXPECT_THROW(described(get_order, R"([{"name": "number", "required": true, "schema": {"type": "integer"}}])"),
                 ConfigurationError);
}

TEST(RemoteMethod, refuses_schemas_that_make_no_sense) {
    for (const char* schema :
         {R"({"type": ["string", "null"]})", R"({"properties": []})", R"({"enum": {}})", R"({"minimum": "5"})",
          R"({"items": {"maxLength": "5"}})", R"({"required": [5]})", R"({"properties": {"type": {"type": 5}}})"}) {
        EXPECT_THROW(RemoteSchemas::check(parse_json(schema)), ConversionError) << schema;
    }
    EXPECT_NO_THROW(
        RemoteSchemas::check(parse_json(R"({"properties": {"type": {"type": "string"}}, "default": {"type": 5}})")));
}

TEST(RemoteSchemas, are_placed_among_others_under_their_own_names) {
    const Object definitions = parse_json(R"({"Item": {"properties": {"parts": {"items": {"$ref": "#/$defs/Item"}}},
                                              "default": {"$ref": "#/$defs/Item"}}})")
                                   .as_object();
    SchemaBuilder schemas("#/components/schemas/");
    schemas.definition("stock::Item", [] { return Value{Object{}}; });
    const Value placed = RemoteSchemas("shop", definitions).placed(parse_json(R"({"$ref": "#/$defs/Item"})"), schemas);
    EXPECT_EQ(write_json(placed, JsonStyle::compact), R"({"$ref":"#/components/schemas/shop.Item"})");
    EXPECT_EQ(write_json(*schemas.definitions().find("shop.Item"), JsonStyle::compact),
              R"({"properties":{"parts":{"items":{"$ref":"#/components/schemas/shop.Item"}}},)"
              R"("default":{"$ref":"#/$defs/Item"}})");
}

TEST(RemoteMethod, shows_no_argument_that_the_service_or_the_route_calls_sensitive) {
    const Route route{.http_method = "POST", .path = "/cards", .rpc = "shop.get", .sensitive = {"pin"}};
    MethodDescription method = method_of(
        R"([{"name": "pin", "required": true, "schema": {"type": "integer"}},
            {"name": "card", "required": true,
             "schema": {"type": "object", "properties": {"number": {"enum": [1]}}}}])");
    method.sensitive = {"card.number"};
    const RemoteMethod remote{route, method, {}, std::make_shared<RemoteSchemas>("shop", Object{})};
    EXPECT_EQ(remote.sensitive_names(), (std::vector<std::string>{"pin", "card"}));
    const auto refused = remote.read_arguments(post(R"({"pin": "s3cret", "card": {"number": "4711"}})"));
    ASSERT_TRUE(refused.problem);
    EXPECT_EQ(refused.problem->body.find("s3cret"), std::string::npos) << refused.problem->body;
    EXPECT_EQ(refused.problem->body.find("4711"), std::string::npos) << refused.problem->body;
    EXPECT_EQ(RemoteMethod(route).sensitive_names(), std::vector<std::string>{"pin"});
}

}  // namespace
}  // namespace hiratake::gateway
