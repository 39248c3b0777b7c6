#include "gateway/remote_method.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "gateway/rpc_target.hpp"
#include "http/form_limits.hpp"
#include "http/request_arguments.hpp"
#include "http/request_problems.hpp"
#include "http/router.hpp"

namespace hiratake::gateway {
namespace {

using http::ArgumentType;
using http::TextKind;
using payload::Signature;

constexpr auto all_fields = Signature::Form::one_struct;

http::ResultKind result_kind_of(const Route& route) {
    return route.sends_result() ? http::ResultKind::json : http::ResultKind::nothing;
}

TextKind text_kind_of(const Value& schema, const RemoteSchemas& schemas) {
    const Value& inner = schemas.resolved(schema);
    if (const Value* type = inner.find("type")) {
        const auto& name = type->as_string();
        if (name == "integer" || name == "number") return TextKind::number;
        return name == "boolean" ? TextKind::boolean : TextKind::text;
    }
    const Value* choices = inner.find("enum");
    const bool has_choices = choices && !choices->as_array().empty();
    if (!has_choices) return TextKind::text;
    switch (choices->as_array().front().kind()) {
        case Value::Kind::integer:
        case Value::Kind::big_integer:
        case Value::Kind::real: return TextKind::number;
        case Value::Kind::boolean: return TextKind::boolean;
        default: return TextKind::text;
    }
}

bool has_type(const Value& schema, std::string_view name) {
    const Value* type = schema.find("type");
    return type && type->as_string() == name;
}

// How a text of the path or query becomes an argument. Of several things that it could be, a text is safest.
ArgumentType argument_type_of(const Value& schema, const RemoteSchemas& schemas) {
    const Value& inner = schemas.resolved(schema);
    if (const Value* alternatives = inner.find("anyOf")) {
        ArgumentType type;
        const Value* meant = nullptr;
        bool is_one = true;
        for (const Value& alternative : alternatives->as_array()) {
            if (has_type(schemas.resolved(alternative), "null")) {
                type.is_optional = true;
            } else {
                is_one = meant == nullptr;
                meant = &alternative;
            }
        }
        if (!meant || !is_one) return type;
        ArgumentType of_meant = argument_type_of(*meant, schemas);
        of_meant.is_optional = of_meant.is_optional || type.is_optional;
        return of_meant;
    }
    if (!has_type(inner, "array")) return {text_kind_of(inner, schemas), false, false, false};
    const Value* items = inner.find("items");
    return {items ? text_kind_of(*items, schemas) : TextKind::text, true, false, false};
}

Value schema_of_any_arguments(const std::vector<std::string>& known) {
    Object properties;
    for (const auto& name : known) properties.append(name, Object{{"type", "string"}});
    return Object{{"type", "object"}, {"properties", std::move(properties)}};
}

// Without a schema, and taking whatever members a body has.
http::RouteMethod undescribed(const Route& route) {
    const auto variables = http::path_variable_names(route.path);
    std::vector<Parameter> parameters(variables.begin(), variables.end());
    payload::SignatureTypes types;
    types.whole = [variables](SchemaBuilder&) { return schema_of_any_arguments(variables); };
    http::RouteMethod method{Signature(route.rpc, std::move(parameters), all_fields, std::move(types)), {}};
    for (const auto& name : variables) method.arguments.push_back({http::ParameterSource::path, name, {}});
    method.result_kind = result_kind_of(route);
    return method;
}

http::RouteMethod described(const Route& route, const MethodDescription& description,
                            const std::shared_ptr<const RemoteSchemas>& schemas) {
    std::vector<Parameter> parameters;
    std::vector<http::RouteArgument> arguments;
    for (const ParameterDescription& each : description.parameters) {
        if (route.arguments.contains(each.name)) continue;
        RemoteSchemas::check(each.schema);
        const auto type = argument_type_of(each.schema, *schemas);
        Parameter parameter(each.name);
        const Value* preset = each.schema.find("default");
        if (!each.required || type.is_optional) parameter.default_value = preset ? *preset : Value{};
        parameter.type_schema = [schemas, schema = Value{each.schema}](SchemaBuilder& builder) {
            return schemas->placed(schema, builder);
        };
        parameters.push_back(std::move(parameter));
        arguments.push_back({http::ParameterSource::automatic, each.name, type});
    }
    RemoteSchemas::check(description.result);
    payload::SignatureTypes types;
    types.result = [schemas, schema = Value{description.result}](SchemaBuilder& builder) {
        return schemas->placed(schema, builder);
    };
    http::RouteMethod method{Signature(route.rpc, std::move(parameters), all_fields, std::move(types)),
                             std::move(arguments)};
    method.result_kind = result_kind_of(route);
    http::resolve_sources(route.http_method, route.path, method);
    return method;
}

std::vector<DocumentedException> documented(const std::vector<ExceptionDescription>& exceptions,
                                            const std::shared_ptr<const RemoteSchemas>& schemas) {
    std::vector<DocumentedException> list;
    for (const ExceptionDescription& each : exceptions) {
        RemoteSchemas::check(each.details);
        DocumentedException& exception = list.emplace_back(DocumentedException{each.path, each.doc, {}});
        if (has_type(each.details, "null")) continue;
        exception.details_schema = [schemas, schema = Value{each.details}](SchemaBuilder& builder) {
            return schemas->placed(schema, builder);
        };
    }
    return list;
}

// A text, or an array of them for a parameter that is repeated.
void add_query_parameter(const std::string& name, const std::string& text, Object& kwargs) {
    Value* earlier = kwargs.find(name);
    if (!earlier) {
        kwargs.append(name, text);
    } else if (auto* list = earlier->get_if<Array>()) {
        list->emplace_back(text);
    } else {
        *earlier = Array{Value{earlier->as_string()}, Value{text}};
    }
}

}  // namespace

RemoteMethod::RemoteMethod(const Route& route)
    : is_described_(false),
      method_(undescribed(route)),
      body_kind_(http::body_kind(route.http_method, method_)),
      fixed_arguments_(route.arguments),
      sensitive_names_(payload::SensitivePaths{route.sensitive}.first_names()) {}

RemoteMethod::RemoteMethod(const Route& route, const MethodDescription& description,
                           const std::vector<ExceptionDescription>& exceptions,
                           const std::shared_ptr<const RemoteSchemas>& schemas)
    : is_described_(true),
      doc_(description.doc),
      exceptions_(documented(exceptions, schemas)),
      method_(described(route, description, schemas)),
      body_kind_(http::body_kind(route.http_method, method_)),
      fixed_arguments_(route.arguments) {
    hide(route, description);
    for (const ParameterDescription& each : description.parameters) {
        const bool is_fixed = route.arguments.contains(each.name);
        if (each.required && !is_fixed && argument_type_of(each.schema, *schemas).is_optional) {
            nullable_arguments_.push_back(each.name);
        }
    }
}

void RemoteMethod::hide(const Route& route, const MethodDescription& description) {
    std::vector<std::string> paths = route.sensitive;
    for (const std::string& path : description.sensitive) {
        const auto names = payload::SensitivePaths{{path}}.first_names();
        if (!fixed_arguments_.contains(names.front())) paths.push_back(path);
    }
    payload::SensitivePaths sensitive{paths};
    sensitive_names_ = sensitive.first_names();
    method_.signature.hide(std::move(sensitive));
}

CallArguments RemoteMethod::read_arguments(const http::Request& request) const {
    auto read = http::read_request_arguments(method_, body_kind_, http::FormLimits{}, request);
    if (read.problem) return {{}, std::move(read.problem)};
    Object kwargs = std::move(read.arguments.values.front().as_object());
    if (!is_described_ && body_kind_ == http::BodyKind::none) {
        const Object in_path = kwargs;
        for (const auto& [name, text] : request.query) {
            if (!in_path.contains(name) && !fixed_arguments_.contains(name)) add_query_parameter(name, text, kwargs);
        }
    }
    for (const auto& name : nullable_arguments_) {
        if (!kwargs.contains(name)) kwargs.append(name, nullptr);
    }
    for (const Member& fixed : fixed_arguments_) {
        if (kwargs.contains(fixed.name)) return {{}, http::unfit({{"body." + fixed.name, ValueProblem::unknown, ""}})};
        kwargs.append(fixed.name, fixed.value);
    }
    return {std::move(kwargs), std::nullopt};
}

}  // namespace hiratake::gateway
