#pragma once

#include <string>
#include <vector>

#include "hiratake/http/route.hpp"

namespace hiratake::http {

/// What a route reads from the body of its requests.
enum class BodyKind {
    /// Nothing: what comes is ignored.
    none,
    /// A JSON object with arguments as members.
    json_members,
    /// JSON that is one argument.
    json,
    /// application/x-www-form-urlencoded or multipart/form-data; with files only the latter.
    form,
    form_with_files,
    /// Anything.
    raw,
};

/// Decides for each argument whose source is automatic. Throws ConfigurationError when the arguments contradict the
/// path, the HTTP method or each other: a variable of the path that no parameter is called after, a form beside JSON.
void resolve_sources(const std::string& http_method, const std::string& path, RouteMethod& method);

/// Whether the body, or a part of it, is an UploadedFile.
bool takes_files(const RouteMethod& method);

/// @param arguments of resolved sources
BodyKind body_kind(const std::string& http_method, const RouteMethod& method);
/// The media types that a body may have: {"application/json"}; {"*/*"} where any will do, none where there is no body.
std::vector<std::string> accepted_media_types(BodyKind kind);

/// The media type of a success, "application/json"; empty when there is none, or when the method decides by itself.
std::string produced_media_type(const RouteMethod& method, const RouteOptions& options);

}  // namespace hiratake::http
