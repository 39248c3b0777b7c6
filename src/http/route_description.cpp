#include "http/route_description.hpp"

#include <string_view>
#include <utility>

#include "http/route_arguments.hpp"

namespace hiratake::http {
namespace {

std::string_view name_of(ResultKind kind) {
    switch (kind) {
        case ResultKind::nothing: return "nothing";
        case ResultKind::text: return "text";
        case ResultKind::bytes: return "bytes";
        case ResultKind::response: return "response";
        case ResultKind::json: return "json";
    }
    return "";
}

std::string_view name_of(ParameterSource source) {
    switch (source) {
        case ParameterSource::path: return "path";
        case ParameterSource::automatic:  // There is none left behind an entrypoint.
        case ParameterSource::query: return "query";
        case ParameterSource::header: return "header";
        case ParameterSource::cookie: return "cookie";
        case ParameterSource::body_member: return "body_member";
        case ParameterSource::body: return "body";
        case ParameterSource::raw_body: return "raw_body";
        case ParameterSource::form: return "form";
        case ParameterSource::file: return "file";
    }
    return "";
}

Object describe_arguments(const RouteMethod& method) {
    Object arguments;
    for (std::size_t i = 0; i < method.arguments.size(); ++i) {
        const RouteArgument& argument = method.arguments[i];
        Object description{{"in", name_of(argument.source)}, {"name", argument.wire_name}};
        if (argument.type.is_optional) description.set("may_be_missing", true);
        arguments.append(method.signature.parameters()[i].name, std::move(description));
    }
    return arguments;
}

void add_options(Object& details, const RouteOptions& options) {
    if (const auto status = options.success_status()) details.set("status", *status);
    if (options.common().expects_any()) details.set("refuses", true);
    if (options.has_public_access()) details.set("public", true);
    if (options.is_deprecated()) details.set("deprecated", true);
    if (!options.summary().empty()) details.set("summary", options.summary());
    if (options.example()) details.set("example", *options.example());
    Object statuses;
    for (const ApplicationErrorType& exception : options.common().exceptions()) {
        if (const auto status = options.status_of(*exception.type)) statuses.append(exception.path(), *status);
    }
    if (!statuses.empty()) details.set("exception_statuses", std::move(statuses));
    Array tags(options.tags().begin(), options.tags().end());
    if (!tags.empty()) details.set("tags", std::move(tags));
    Array responses;
    for (const auto& response : options.responses()) {
        responses.emplace_back(Object{{"status", response.status}, {"meaning", response.meaning}});
    }
    if (!responses.empty()) details.set("responses", std::move(responses));
}

}  // namespace

Object describe_route(const std::string& http_method, const std::string& path, const RouteMethod& method,
                      const RouteOptions& options) {
    Object details{{"method", http_method},
                   {"path", path},
                   {"arguments", describe_arguments(method)},
                   {"result", name_of(method.result_kind)}};
    if (method.result_is_optional) details.set("result_may_be_missing", true);
    const auto media_type = produced_media_type(method, options);
    if (!media_type.empty()) details.set("media_type", media_type);
    add_options(details, options);
    return details;
}

}  // namespace hiratake::http
