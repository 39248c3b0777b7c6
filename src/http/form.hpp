#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "hiratake/http/request.hpp"
#include "hiratake/http/response.hpp"
#include "hiratake/http/route.hpp"
#include "hiratake/http/uploaded_file.hpp"
#include "http/form_limits.hpp"
#include "http/route_arguments.hpp"

namespace hiratake::http {

/// Of a file whose type the client does not state.
inline const std::string unknown_file_type = "application/octet-stream";

/// What a request's form holds of what its route asks for.
struct Form {
    TextFields fields;
    std::vector<std::pair<std::string, UploadedFile>> files;
    /// The answer when it cannot be read: 400, 413 or 415.
    std::optional<Response> problem;
};

/// Reads a body of application/x-www-form-urlencoded or multipart/form-data. Fields that the route does not ask for are
/// left out, as are files that the user of a page has not chosen. Throws Error when a temporary file cannot be written.
/// @param body form or form_with_files
Form read_form(const RouteMethod& method, BodyKind body, const Request& request, const FormLimits& limits);

}  // namespace hiratake::http
