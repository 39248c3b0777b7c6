#include "http/route_arguments.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <initializer_list>
#include <string_view>
#include <utility>

#include "hiratake/base/error.hpp"
#include "http/router.hpp"

namespace hiratake::http {
namespace {

constexpr auto urlencoded = "application/x-www-form-urlencoded";
constexpr auto multipart = "multipart/form-data";

bool has_json_body(std::string_view http_method) {
    return http_method == "POST" || http_method == "PUT" || http_method == "PATCH";
}

std::size_t count(const RouteMethod& method, std::initializer_list<ParameterSource> sources) {
    return static_cast<std::size_t>(
        std::count_if(method.arguments.begin(), method.arguments.end(), [sources](const RouteArgument& each) {
            return std::find(sources.begin(), sources.end(), each.source) != sources.end();
        }));
}

}  // namespace

Value value_of_bytes(const std::optional<std::vector<std::byte>>& bytes) {
    if (!bytes) return nullptr;
    return std::string(reinterpret_cast<const char*>(bytes->data()), bytes->size());
}

std::vector<Parameter> to_parameters(const std::vector<RouteParameter>& named) {
    std::vector<Parameter> parameters;
    parameters.reserve(named.size());
    for (const RouteParameter& each : named) parameters.push_back(each.to_parameter());
    return parameters;
}

std::vector<RouteArgument> route_arguments(const payload::Signature& signature, std::vector<RouteParameter> named,
                                           std::vector<ArgumentType> types) {
    const auto& parameters = signature.parameters();
    std::vector<RouteArgument> arguments;
    arguments.reserve(parameters.size());
    for (std::size_t i = 0; i < parameters.size(); ++i) {
        if (named.empty()) {
            arguments.push_back({ParameterSource::automatic, parameters[i].name, types[i]});
        } else {
            arguments.push_back({named[i].source, std::move(named[i].wire_name), types[i]});
        }
    }
    return arguments;
}

void resolve_sources(const std::string& http_method, const std::string& path, RouteMethod& method) {
    if (method.arguments.empty()) return;
    const auto fail = [&](const std::string& problem) {
        throw ConfigurationError(fmt::format("{} {}: {}", http_method, path, problem));
    };
    auto variables = path_variable_names(path);
    for (RouteArgument& argument : method.arguments) {
        if (argument.source != ParameterSource::automatic) continue;
        const auto variable = std::find(variables.begin(), variables.end(), argument.wire_name);
        if (variable != variables.end()) {
            argument.source = ParameterSource::path;
            variables.erase(variable);
        } else {
            argument.source = has_json_body(http_method) ? ParameterSource::body_member : ParameterSource::query;
        }
    }
    for (const RouteArgument& argument : method.arguments) {
        const bool is_whole_body = argument.source == ParameterSource::raw_body && !argument.type.is_list;
        if (argument.type.is_file == (argument.source == ParameterSource::file) || is_whole_body) continue;
        fail(fmt::format("an UploadedFile is given as file() or raw_body(), and file() is for that alone: '{}'",
                         argument.wire_name));
    }
    if (!variables.empty()) fail(fmt::format("no parameter is called '{}', as the path's variable is", variables[0]));
    const auto members = count(method, {ParameterSource::body_member});
    const auto wholes = count(method, {ParameterSource::body, ParameterSource::raw_body});
    const auto fields = count(method, {ParameterSource::form, ParameterSource::file});
    if (wholes > 1) fail("only one parameter can be the whole body");
    if ((wholes > 0) + (fields > 0) + (members > 0) > 1) {
        fail(
            "the body is one of JSON members (plain names), body(), raw_body() and form fields; "
            "name query(), header() or cookie() where the others come from");
    }
    if (wholes + fields > 0 && (http_method == "GET" || http_method == "HEAD")) {
        fail("requests of this method have no body to read");
    }
}

bool takes_files(const RouteMethod& method) {
    return std::any_of(method.arguments.begin(), method.arguments.end(),
                       [](const RouteArgument& each) { return each.type.is_file; });
}

BodyKind body_kind(const std::string& http_method, const RouteMethod& method) {
    if (method.takes_request || count(method, {ParameterSource::raw_body}) > 0) return BodyKind::raw;
    if (count(method, {ParameterSource::file}) > 0) return BodyKind::form_with_files;
    if (count(method, {ParameterSource::form}) > 0) return BodyKind::form;
    if (count(method, {ParameterSource::body}) > 0) return BodyKind::json;
    return has_json_body(http_method) ? BodyKind::json_members : BodyKind::none;
}

std::vector<std::string> accepted_media_types(BodyKind kind) {
    switch (kind) {
        case BodyKind::none: return {};
        case BodyKind::json_members:
        case BodyKind::json: return {"application/json"};
        case BodyKind::form: return {urlencoded, multipart};
        case BodyKind::form_with_files: return {multipart};
        case BodyKind::raw: return {"*/*"};
    }
    return {};
}

std::string produced_media_type(const RouteMethod& method, const RouteOptions& options) {
    if (!options.media_type().empty()) return options.media_type();
    switch (method.result_kind) {
        case ResultKind::text: return "text/plain; charset=utf-8";
        case ResultKind::bytes: return "application/octet-stream";
        case ResultKind::json: return "application/json";
        case ResultKind::nothing:
        case ResultKind::response: return {};
    }
    return {};
}

}  // namespace hiratake::http
