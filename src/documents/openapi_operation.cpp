#include "documents/openapi_operation.hpp"

#include <algorithm>
#include <map>
#include <utility>

#include "documents/marked_secrets.hpp"
#include "documents/schema_text.hpp"
#include "hiratake/payload/signature.hpp"
#include "hiratake/service/error_description.hpp"

namespace hiratake::documents {
namespace {

using payload::Signature;

/// What an exception of the application is answered with, where the route does not say more.
constexpr std::int64_t usual_refusal = 400;

bool is_parameter_place(const std::string& source) {
    return source == "path" || source == "query" || source == "header" || source == "cookie";
}

// {"anyOf": [X, null]} is X: a parameter, or an answer, that may be absent has no way to be null.
Value without_null(Value schema) {
    const Value* choices = schema.find("anyOf");
    if (!choices || choices->as_array().size() != 2) return schema;
    const Value* type = choices->as_array()[1].find("type");
    if (!type || *type != Value("null")) return schema;
    Value inner = choices->as_array()[0];
    // Rules and notes stand beside the choices.
    if (auto* keywords = inner.get_if<Object>()) {
        for (const Member& keyword : schema.as_object()) {
            if (keyword.name != "anyOf") keywords->set(keyword.name, keyword.value);
        }
    }
    return inner;
}

bool has_json_body(const std::string& http_method) {
    return http_method == "POST" || http_method == "PUT" || http_method == "PATCH";
}

Value media(Value schema) {
    return Object{{"schema", with_named_ranges(std::move(schema))}};
}

}  // namespace

OpenApiOperation::OpenApiOperation(const std::string& service_name, const EntrypointDescription& route,
                                   const Security& security, SchemaBuilder& schemas, ProblemResponses& problems)
    : service_name_(service_name),
      route_(route),
      security_(security.requirements(route)),
      sensitive_(route.sensitive_arguments),
      schemas_(schemas),
      problems_(problems),
      method_(text_detail("method")),
      path_(text_detail("path")) {}

std::string OpenApiOperation::text_detail(std::string_view name) const {
    const Value* value = detail(name);
    return value && value->get_if<std::string>() ? value->as_string() : "";
}

std::string OpenApiOperation::source_of(const std::string& parameter_name) const {
    const Value* source = argument_detail(parameter_name, "in");
    return source ? source->as_string() : "query";
}

std::string OpenApiOperation::name_in_request(const std::string& parameter_name) const {
    const Value* name = argument_detail(parameter_name, "name");
    return name ? name->as_string() : parameter_name;
}

bool OpenApiOperation::is_required(const Parameter& parameter) const {
    return parameter.required() && !argument_detail(parameter.name, "may_be_missing");
}

const Value* OpenApiOperation::argument_detail(const std::string& parameter_name, std::string_view name) const {
    const Value* arguments = detail("arguments");
    const Value* argument = arguments ? arguments->find(parameter_name) : nullptr;
    return argument ? argument->find(name) : nullptr;
}

Object OpenApiOperation::object(std::string operation_id) {
    Object operation{{"tags", tags()}};
    const std::string summary = text_detail("summary").empty() ? first_sentence(route_.doc) : text_detail("summary");
    if (!summary.empty()) operation.set("summary", summary);
    if (!route_.doc.empty() && route_.doc != summary + ".") operation.set("description", route_.doc);
    operation.set("operationId", std::move(operation_id));
    if (detail("deprecated")) operation.set("deprecated", true);
    if (auto list = parameters(); !list.empty()) operation.set("parameters", std::move(list));
    if (auto body = request_body(); !body.empty()) operation.set("requestBody", std::move(body));
    operation.set("responses", responses());
    if (!security_.empty()) operation.set("security", security_);
    return operation;
}

Array OpenApiOperation::tags() const {
    const Value* tags = detail("tags");
    if (tags && !tags->as_array().empty()) return tags->as_array();
    return Array{Value(service_name_)};
}

Array OpenApiOperation::parameters() {
    Array list;
    if (detail("takes_any_arguments") && !has_json_body(method_)) {
        Object texts{{"type", "object"}, {"additionalProperties", Object{{"type", "string"}}}};
        list.emplace_back(Object{{"name", "arguments"},
                                 {"in", "query"},
                                 {"description", "What the method takes, by name."},
                                 {"style", "form"},
                                 {"explode", true},
                                 {"schema", std::move(texts)}});
    }
    if (!route_.signature) {
        // The method reads the request itself: all that is known of it is in the path.
        for (std::size_t at = path_.find('{'); at != std::string::npos; at = path_.find('{', at + 1)) {
            const std::string name = path_.substr(at + 1, path_.find('}', at) - at - 1);
            list.emplace_back(
                Object{{"name", name}, {"in", "path"}, {"required", true}, {"schema", Object{{"type", "string"}}}});
        }
        return list;
    }
    for (const Parameter& each : route_.signature->parameters()) {
        const std::string source = source_of(each.name);
        if (is_parameter_place(source)) list.push_back(parameter(each, source));
    }
    return list;
}

Value OpenApiOperation::parameter(const Parameter& parameter, std::string place) {
    const bool is_path = place == "path";
    Value schema = route_.signature->form() == Signature::Form::one_struct
                       ? *whole_struct_schema().find("properties")->find(parameter.name)
                       : route_.signature->parameter_schema(parameter, schemas_);
    schema = with_named_ranges(without_null(std::move(schema)));
    schema = with_marked_secrets(std::move(schema), sensitive_.below(parameter.name));
    Object object{{"name", name_in_request(parameter.name)}, {"in", std::move(place)}};
    if (auto text = take_description(schema); !text.empty()) object.set("description", std::move(text));
    if (is_path || is_required(parameter)) object.set("required", true);
    if (const Value* default_value = schema.find("default"); default_value && default_value->is_null()) {
        schema.as_object().erase("default");
    }
    if (const Value* examples = schema.find("examples"); examples && !examples->as_array().empty()) {
        object.set("example", examples->as_array().front());
    }
    object.set("schema", std::move(schema));
    return object;
}

// The struct's own schema, not a reference to it.
Value OpenApiOperation::whole_struct_schema() {
    Value schema = route_.signature->arguments_schema(schemas_);
    const Value* reference = schema.find("$ref");
    if (!reference) return schema;
    const std::string& text = reference->as_string();
    return *schemas_.definitions().find(text.substr(text.rfind('/') + 1));
}

Value OpenApiOperation::object_schema(const std::set<std::string>& sources) {
    const auto& parameters = route_.signature->parameters();
    const auto is_meant = [&](const Parameter& parameter) { return sources.contains(source_of(parameter.name)); };
    if (std::none_of(parameters.begin(), parameters.end(), is_meant)) return {};
    const bool is_struct = route_.signature->form() == Signature::Form::one_struct;
    const bool are_all = std::all_of(parameters.begin(), parameters.end(), is_meant);
    if (is_struct && are_all) return with_marked_secrets(route_.signature->arguments_schema(schemas_), sensitive_);

    const Value whole = is_struct ? whole_struct_schema() : route_.signature->arguments_schema(schemas_);
    Object properties;
    Array required;
    for (const Parameter& parameter : parameters) {
        if (!is_meant(parameter)) continue;
        Value schema = *whole.find("properties")->find(parameter.name);
        properties.append(name_in_request(parameter.name),
                          with_marked_secrets(std::move(schema), sensitive_.below(parameter.name)));
        if (is_required(parameter)) required.emplace_back(name_in_request(parameter.name));
    }
    Object schema{{"type", "object"}, {"properties", std::move(properties)}};
    if (!required.empty()) schema.set("required", std::move(required));
    return schema;
}

Object OpenApiOperation::request_body() {
    if (!route_.signature) return {};
    Object content;
    bool needs_body = false;
    for (const Parameter& parameter : route_.signature->parameters()) {
        const std::string source = source_of(parameter.name);
        if (is_parameter_place(source)) continue;
        needs_body = needs_body || is_required(parameter);
        if (source == "body") {
            Value schema = route_.signature->parameter_schema(parameter, schemas_);
            content.set("application/json",
                        media(with_marked_secrets(std::move(schema), sensitive_.below(parameter.name))));
        } else if (source == "raw_body") {
            content.set("*/*", Object{{"schema", Object{}}});
        }
    }
    if (Value members = object_schema({"body_member"}); !members.is_null()) {
        content.set("application/json", media(std::move(members)));
    }
    if (Value form = object_schema({"form", "file"}); !form.is_null()) {
        const bool has_files = !object_schema({"file"}).is_null();
        if (!has_files) content.set("application/x-www-form-urlencoded", media(form));
        content.set("multipart/form-data", media(std::move(form)));
    }
    if (detail("takes_any_arguments") && has_json_body(method_)) {
        Object any{{"type", "object"}, {"description", "What the method takes, by name."}};
        content.set("application/json", media(std::move(any)));
    }
    has_body_ = !content.empty();
    if (!has_body_) return {};
    Object body;
    if (needs_body) body.set("required", true);
    body.set("content", std::move(content));
    return body;
}

Object OpenApiOperation::responses() {
    Object responses;
    const Value* status = detail("status");
    const std::string result = text_detail("result");
    const std::int64_t usual = result == "nothing" ? 204 : 200;
    const bool is_open = result == "response" && !status;
    responses.set(is_open ? "default" : std::to_string(status ? status->as_integer() : usual), success());
    add_exceptions(responses);
    add_own_responses(responses);
    add_problems(responses);
    return responses;
}

Object OpenApiOperation::success() {
    const std::string result = text_detail("result");
    Object success{{"description", result == "response" ? "As the method decides." : "Done."}};
    std::string media_type = text_detail("media_type");
    media_type.resize(std::min(media_type.find(';'), media_type.size()));
    if (media_type.empty()) return success;
    Object body;
    if (result == "text") {
        body.set("schema", Object{{"type", "string"}});
    } else if (result == "json" && route_.signature) {
        Value schema = route_.signature->result_schema(schemas_);
        body.set("schema", with_named_ranges(detail("result_may_be_missing") ? without_null(schema) : schema));
    }
    if (const Value* example = detail("example")) body.set("example", *example);
    success.set("content", Object{{std::move(media_type), std::move(body)}});
    return success;
}

void OpenApiOperation::add_own_responses(Object& responses) {
    const Value* own = detail("responses");
    if (!own) return;
    for (const Value& response : own->as_array()) {
        const std::int64_t status = response.find("status")->as_integer();
        const std::string& meaning = response.find("meaning")->as_string();
        const std::string key = std::to_string(status);
        if (Value* known = responses.find(key)) {
            if (!meaning.empty()) known->as_object().set("description", meaning);
            continue;
        }
        Object object{{"description", meaning.empty() ? "See `detail`." : meaning}};
        if (status >= 400) {
            object.set("content", Object{{"application/problem+json", media(ProblemResponses::schema(schemas_))}});
        }
        responses.set(key, std::move(object));
    }
}

void OpenApiOperation::add_exceptions(Object& responses) {
    std::map<std::int64_t, std::vector<const DocumentedException*>> by_status;
    const Value* statuses = detail("exception_statuses");
    for (const DocumentedException& exception : route_.exceptions) {
        const Value* status = statuses ? statuses->find(exception.path) : nullptr;
        by_status[status ? status->as_integer() : usual_refusal].push_back(&exception);
    }
    for (const auto& [status, exceptions] : by_status) {
        responses.append(std::to_string(status), refusal(status, exceptions));
    }
}

// The exceptions of the application, and with them whatever else is answered so.
Object OpenApiOperation::refusal(std::int64_t status, const std::vector<const DocumentedException*>& exceptions) {
    Array forms;
    std::string names;
    for (const DocumentedException* exception : exceptions) {
        Object properties{{"exception", Object{{"const", exception->path}}}};
        if (exception->details_schema) properties.set("details", exception->details_schema(schemas_));
        const std::string type = type_in_path(exception->path);
        Object schema{{"title", type}};
        if (!exception->doc.empty()) schema.set("description", exception->doc);
        schema.set("allOf", Array{ProblemResponses::schema(schemas_), Object{{"properties", std::move(properties)}}});
        forms.emplace_back(std::move(schema));
        names += (names.empty() ? "`" : ", `") + type + "`";
    }
    forms.push_back(ProblemResponses::schema(schemas_));
    const std::string reason =
        status == usual_refusal ? "The request cannot be understood, or the method refused it: " : "The method threw ";
    return {{"description", reason + names + "."},
            {"content", Object{{"application/problem+json", media(Object{{"anyOf", std::move(forms)}})}}}};
}

// What the framework itself may answer here (docs/http.md).
void OpenApiOperation::add_problems(Object& responses) {
    std::set<int> statuses{500, 503};
    if (detail("refuses") || has_body_) statuses.insert(400);
    if (!security_.empty()) statuses.insert({401, 403});
    if (detail("result_may_be_missing") || path_.find('{') != std::string::npos) statuses.insert(404);
    if (detail("media_type")) statuses.insert(406);
    if (has_body_) statuses.insert({411, 413, 415});
    const bool has_parameters = route_.signature && !route_.signature->parameters().empty();
    if (has_parameters || detail("takes_any_arguments")) statuses.insert(422);
    for (const int status : statuses) {
        const std::string key = std::to_string(status);
        if (!responses.contains(key)) responses.append(key, problems_.refer_to(status));
    }
}

}  // namespace hiratake::documents
