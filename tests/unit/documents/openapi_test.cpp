#include "documents/openapi.hpp"

#include "documents/marked_secrets.hpp"
#include "hiratake/service/application_error_of.hpp"
#include "hiratake/service/exceptions.hpp"
#include "unit/documents/described_service.hpp"

namespace hiratake::documents {
namespace {

enum class Operation { sum, mul };

struct Calculation {
    Operation operation;
    long value;
    std::optional<std::string> email;

    static void describe(Fields& fields) {
        fields["email"].doc("Gets the result").example("name@example.com");
        fields["value"].minimum(1);
    }
};

struct Api {
    std::string submit(Calculation);
    std::vector<Calculation> list(long, std::optional<int>);
    void forget(long);
};

using payload::signature_of;

Object compute_details() {
    const Object body{{"in", "body_member"}};
    return {{"method", "POST"},
            {"path", "/compute"},
            {"result", "text"},
            {"media_type", "text/plain; charset=utf-8"},
            {"arguments", Object{{"operation", body}, {"value", body}, {"email", body}}}};
}

Object list_details() {
    return {{"method", "GET"},
            {"path", "/calculations/{user}"},
            {"result", "json"},
            {"media_type", "application/json"},
            {"arguments",
             Object{{"user", Object{{"in", "path"}}}, {"limit", Object{{"in", "header"}, {"name", "X-Limit"}}}}}};
}

ServiceDefinition api() {
    ServiceDefinition service;
    service.name = "api";
    return service;
}

TEST(OpenApi, describes_the_service) {
    auto service = api();
    service.doc = "Computes.";
    service.version = "1.2.0";
    const auto document = openapi_document(service, {});
    EXPECT_EQ(at(document, {"openapi"}), R"("3.1.0")");
    EXPECT_EQ(at(document, {"info"}), R"({"title":"api","description":"Computes.","version":"1.2.0"})");
    EXPECT_EQ(at(document, {"paths"}), "{}");
    EXPECT_FALSE(has_routes(service, {}));
}

TEST(OpenApi, describes_a_body_with_its_types_rules_and_examples) {
    auto service = api();
    add(service, "http", signature_of<&Api::submit>({}), compute_details())
        .doc("Start a computation. It takes a while.");
    const auto document = openapi_document(service, {});
    EXPECT_TRUE(has_routes(service, {}));
    const std::vector<std::string> operation{"paths", "/compute", "post"};
    const auto of_operation = [&](std::vector<std::string> path) {
        path.insert(path.begin(), operation.begin(), operation.end());
        return at(document, path);
    };
    EXPECT_EQ(of_operation({"summary"}), R"("Start a computation")");
    EXPECT_EQ(of_operation({"operationId"}), R"("submit")");
    EXPECT_EQ(of_operation({"tags"}), R"(["api"])");
    EXPECT_EQ(
        of_operation({"requestBody"}),
        R"({"required":true,"content":{"application/json":{"schema":{"$ref":"#/components/schemas/Calculation"}}}})");
    EXPECT_EQ(of_operation({"responses", "200"}),
              R"({"description":"Done.","content":{"text/plain":{"schema":{"type":"string"}}}})");
    const std::vector<std::string> properties{"components", "schemas", "Calculation", "properties"};
    EXPECT_EQ(at(document, properties),
              R"({"operation":{"type":"string","enum":["sum","mul"]},)"
              R"("value":{"type":"integer","minimum":1,"format":"int64"},)"
              R"("email":{"anyOf":[{"type":"string"},{"type":"null"}],"description":"Gets the result",)"
              R"("examples":["name@example.com"]}})");
}

TEST(OpenApi, describes_parameters_outside_of_the_body) {
    auto service = api();
    Parameter user("user");
    user.doc("Whose").example(17);
    add(service, "http", signature_of<&Api::list>({user, arg("limit", Value{}).maximum(50)}), list_details());
    const auto document = openapi_document(service, {});
    EXPECT_EQ(at(document, {"paths", "/calculations/{user}", "get", "parameters"}),
              R"([{"name":"user","in":"path","description":"Whose","required":true,"example":17,)"
              R"("schema":{"type":"integer","examples":[17],"format":"int64"}},)"
              R"({"name":"X-Limit","in":"header","schema":{"type":"integer","maximum":50,"format":"int32"}}])");
    EXPECT_EQ(
        at(document, {"paths", "/calculations/{user}", "get", "responses", "200", "content"}),
        R"({"application/json":{"schema":{"type":"array","items":{"$ref":"#/components/schemas/Calculation"}}}})");
}

TEST(OpenApi, tells_what_may_be_missing) {
    const auto details_of = [](const char* method, const char* place) {
        auto details = list_details();
        const Object limit{{"in", place}, {"name", "limit"}, {"may_be_missing", true}};
        details.set("method", method);
        details.set("arguments", Object{{"user", Object{{"in", "path"}}}, {"limit", limit}});
        return details;
    };
    auto service = api();
    add(service, "http", signature_of<&Api::list>({"user", "limit"}), details_of("GET", "query"));
    add(service, "http", signature_of<&Api::list>({"user", "limit"}), details_of("POST", "body_member"));
    const auto document = openapi_document(service, {});
    const auto& path = *document.find("paths")->find("/calculations/{user}");
    EXPECT_FALSE(path.find("get")->find("parameters")->as_array()[1].find("required"));
    const auto& body = *path.find("post")->find("requestBody");
    EXPECT_FALSE(body.find("required"));
    EXPECT_FALSE(body.find("content")->find("application/json")->find("schema")->find("required"));
}

TEST(OpenApi, takes_what_the_path_has_out_of_a_struct) {
    auto service = api();
    auto details = compute_details();
    details.set("path", "/compute/{operation}");
    details.find("arguments")->as_object().set("operation", Object{{"in", "path"}});
    add(service, "http", signature_of<&Api::submit>({}), details);
    const auto document = openapi_document(service, {});
    const std::vector<std::string> operation{"paths", "/compute/{operation}", "post"};
    EXPECT_EQ(at(document, {"paths", "/compute/{operation}", "post", "parameters"}),
              R"([{"name":"operation","in":"path","required":true,"schema":{"type":"string","enum":["sum","mul"]}}])");
    EXPECT_EQ(at(document, {"paths", "/compute/{operation}", "post", "requestBody", "content", "application/json",
                            "schema", "required"}),
              R"(["value"])");
}

TEST(OpenApi, lists_the_errors_that_a_route_can_answer) {
    const auto statuses = [](const Object& document, const std::string& path, const std::string& method) {
        std::string text;
        for (const Member& response :
             document.find("paths")->find(path)->find(method)->find("responses")->as_object()) {
            text += response.name + " ";
        }
        return text;
    };
    auto service = api();
    add(service, "http", signature_of<&Api::submit>({}), compute_details());
    auto forget = list_details();
    forget.set("method", "DELETE");
    forget.set("result", "nothing");
    forget.erase("media_type");
    forget.set("refuses", true);
    forget.set("responses", Array{Object{{"status", 404}, {"meaning", "Nobody of that name."}}});
    add(service, "http", signature_of<&Api::forget>({"user"}), forget);
    const auto document = openapi_document(service, {});
    EXPECT_EQ(statuses(document, "/compute", "post"), "200 400 406 411 413 415 422 500 503 ");
    EXPECT_EQ(statuses(document, "/calculations/{user}", "delete"), "204 404 400 422 500 503 ");
    EXPECT_EQ(at(document, {"paths", "/compute", "post", "responses", "422"}),
              R"({"$ref":"#/components/responses/UnprocessableContent"})");
    EXPECT_EQ(at(document,
                 {"components", "responses", "UnprocessableContent", "content", "application/problem+json", "schema"}),
              R"({"$ref":"#/components/schemas/Problem"})");
}

struct SoldOut : ApplicationErrorOf<Calculation> {
    using ApplicationErrorOf::ApplicationErrorOf;
};
struct Closed : ApplicationError {
    static constexpr auto doc = "Not before nine.";
    using ApplicationError::ApplicationError;
};

TEST(OpenApi, shows_the_exceptions_of_the_application_under_their_statuses) {
    auto service = api();
    auto details = compute_details();
    const std::string closed = "hiratake.documents.Closed";
    details.set("exception_statuses", Object{{closed, 503}});
    details.set("responses", Array{Object{{"status", 503}, {"meaning", "We sleep."}}});
    add(service, "http", signature_of<&Api::submit>({}), details).expects(exceptions<SoldOut, Closed>);
    const auto document = openapi_document(service, {});
    const auto response = [&](const char* status, const char* member) {
        return at(document, {"paths", "/compute", "post", "responses", status, member});
    };
    EXPECT_EQ(response("400", "description"),
              R"("The request cannot be understood, or the method refused it: `SoldOut`.")");
    EXPECT_NE(response("400", "content")
                  .find(R"({"exception":{"const":"hiratake.documents.SoldOut"},)"
                        R"("details":{"$ref":"#/components/schemas/Calculation"}})"),
              std::string::npos)
        << response("400", "content");
    EXPECT_EQ(response("503", "description"), R"("We sleep.")");
    EXPECT_NE(response("503", "content").find(R"({"title":"Closed","description":"Not before nine.",)"),
              std::string::npos)
        << response("503", "content");
}

TEST(OpenApi, marks_what_is_not_to_be_shown) {
    auto service = api();
    add(service, "http", signature_of<&Api::submit>({}), compute_details()).sensitive({"email"});
    auto details = compute_details();
    details.set("path", "/compute/{operation}");
    details.find("arguments")->as_object().set("operation", Object{{"in", "path"}});
    add(service, "http", signature_of<&Api::submit>({}), details).sensitive({"operation", "value"});
    const auto document = openapi_document(service, {});
    const auto schema_of_body = [&](const char* path) {
        return at(document, {"paths", path, "post", "requestBody", "content", "application/json", "schema"});
    };
    EXPECT_EQ(schema_of_body("/compute"), R"({"allOf":[{"$ref":"#/components/schemas/Calculation"},)"
                                          R"({"properties":{"email":{"format":"password","writeOnly":true}}}]})");
    EXPECT_EQ(at(document, {"paths", "/compute/{operation}", "post", "parameters"}),
              R"([{"name":"operation","in":"path","required":true,"schema":{"type":"string","enum":["sum","mul"],)"
              R"("format":"password","writeOnly":true}}])");
    EXPECT_NE(schema_of_body("/compute/{operation}")
                  .find(R"("value":{"type":"integer","minimum":1,"writeOnly":true,"format":"int64"})"),
              std::string::npos)
        << schema_of_body("/compute/{operation}");
    EXPECT_EQ(at(document, {"components", "schemas"}).find("writeOnly"), std::string::npos)
        << "what others refer to is as it was";
}

TEST(OpenApi, marks_parts_and_elements) {
    const auto marked = [](const char* schema, const char* path) {
        return write_json(with_marked_secrets(parse_json(schema), payload::SensitivePaths{{path}}), JsonStyle::compact);
    };
    EXPECT_EQ(marked(R"({"type":"array","items":{"$ref":"#/Card"}})", "[*].number"),
              R"({"type":"array","items":{"allOf":[{"$ref":"#/Card"},)"
              R"({"properties":{"number":{"format":"password","writeOnly":true}}}]}})");
    EXPECT_EQ(marked(R"({"type":"object"})", "card.pins[0]"),
              R"({"type":"object","properties":{"card":{"properties":{"pins":{"items":)"
              R"({"format":"password","writeOnly":true}}}}}})");
    EXPECT_EQ(marked(R"({"$ref":"#/Card"})", ""), R"({"$ref":"#/Card","format":"password","writeOnly":true})");
}

TEST(OpenApi, tells_which_routes_ask_for_credentials) {
    auto service = api();
    const Object key{{"type", "apiKey"}, {"in", "header"}, {"name", "X-Key"}};
    const Object bearer{{"type", "http"}, {"scheme", "bearer"}};
    const Array public_paths{"/compute"};
    add_dependency(service, {"", {}});
    add_dependency(service, {"http_authentication", {{"name", "key"}, {"scheme", key}}});
    add_dependency(service,
                   {"http_authentication", {{"name", "bearer"}, {"scheme", bearer}, {"public_paths", public_paths}}});
    add(service, "http", signature_of<&Api::submit>({}), compute_details());
    add(service, "http", signature_of<&Api::list>({"user", arg("limit", Value{})}), list_details());
    auto open_to_all = list_details();
    open_to_all.set("method", "DELETE");
    open_to_all.set("public", true);
    add(service, "http", signature_of<&Api::forget>({"user"}), open_to_all);

    const auto document = openapi_document(service, {});
    EXPECT_EQ(at(document, {"components", "securitySchemes"}),
              R"({"key":{"type":"apiKey","in":"header","name":"X-Key"},"bearer":{"type":"http","scheme":"bearer"}})");
    EXPECT_EQ(at(document, {"paths", "/calculations/{user}", "get", "security"}), R"([{"key":[]},{"bearer":[]}])");
    EXPECT_EQ(at(document, {"paths", "/calculations/{user}", "get", "responses", "401"}),
              R"({"$ref":"#/components/responses/Unauthorized"})");
    EXPECT_EQ(at(document, {"components", "responses", "Unauthorized", "headers", "WWW-Authenticate", "schema"}),
              R"({"type":"string"})");
    for (const auto& [path, method] : {std::pair{"/compute", "post"}, {"/calculations/{user}", "delete"}}) {
        const Value& operation = *document.find("paths")->find(path)->find(method);
        EXPECT_FALSE(operation.find("security")) << path;
        EXPECT_FALSE(operation.find("responses")->find("401")) << path;
    }
}

TEST(OpenApi, gives_each_operation_an_id_of_its_own) {
    auto service = api();
    add(service, "http", signature_of<&Api::submit>({}), compute_details());
    auto second = compute_details();
    second.set("method", "PUT");
    add(service, "http", signature_of<&Api::submit>({}), second);
    const auto document = openapi_document(service, {});
    EXPECT_EQ(at(document, {"paths", "/compute", "put", "operationId"}), R"("submit_put")");
}

}  // namespace
}  // namespace hiratake::documents
