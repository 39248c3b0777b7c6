#include "http/request_problems.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <charconv>
#include <system_error>
#include <utility>

#include "http/problem.hpp"

namespace hiratake::http {
namespace {

// The argument that a problem's path starts with, by its position; as many as there are when it starts with none.
std::size_t argument_at(const payload::Signature& signature, std::string_view path) {
    const auto& parameters = signature.parameters();
    std::size_t found = parameters.size();
    for (std::size_t i = 0; i < parameters.size(); ++i) {
        const auto& name = parameters[i].name;
        const auto rest = path.substr(std::min(name.size(), path.size()));
        const bool fits = path.starts_with(name) && (rest.empty() || rest.front() == '.' || rest.front() == '[');
        // Names may have dots themselves: the longest is meant.
        if (fits && (found == parameters.size() || name.size() > parameters[found].name.size())) found = i;
    }
    return found;
}

std::string path_in_request(const RouteMethod& method, const std::string& path) {
    const auto position = argument_at(method.signature, path);
    if (position == method.arguments.size()) return path.empty() ? "body" : "body." + path;
    const auto& argument = method.arguments[position];
    const auto below = path.substr(method.signature.parameters()[position].name.size());
    const bool is_whole = argument.source == ParameterSource::body || argument.source == ParameterSource::raw_body;
    return is_whole ? "body" + below : fmt::format("{}.{}{}", word_for(argument.source), argument.wire_name, below);
}

// The text that a path such as "limit" or "sizes[1]" leads to, or null.
const std::string* text_at(const Object& named, std::string_view path) {
    const auto bracket = std::min(path.find('['), path.size());
    const Value* value = named.find(path.substr(0, bracket));
    const Array* elements = value ? value->get_if<Array>() : nullptr;
    std::size_t index = 0;
    if (elements && std::from_chars(path.data() + bracket + 1, path.data() + path.size(), index).ec == std::errc{}) {
        value = index < elements->size() ? &(*elements)[index] : nullptr;
    }
    return value ? value->get_if<std::string>() : nullptr;
}

bool is_in_path(const ValueProblem& problem) {
    return problem.path.starts_with("path.");
}

}  // namespace

std::string_view word_for(ParameterSource source) {
    switch (source) {
        case ParameterSource::path: return "path";
        case ParameterSource::automatic:
        case ParameterSource::query: return "query";
        case ParameterSource::header: return "header";
        case ParameterSource::cookie: return "cookie";
        case ParameterSource::form:
        case ParameterSource::file: return "form";
        case ParameterSource::body_member:
        case ParameterSource::body:
        case ParameterSource::raw_body: return "body";
    }
    return "";
}

ValueProblem in_request(const RouteMethod& method, const Object& named, ValueProblem problem) {
    const auto* text = text_at(named, problem.path);
    problem.path = path_in_request(method, problem.path);
    const bool is_json = problem.path.starts_with("body");
    if (text && !is_json && problem.problem == "got a string") problem.problem = fmt::format("got '{}'", *text);
    return problem;
}

Response unfit(std::vector<ValueProblem> problems) {
    if (std::none_of(problems.begin(), problems.end(), is_in_path)) {
        return problem(422, "the request does not fit", problems);
    }
    std::erase_if(problems, [](const ValueProblem& each) { return !is_in_path(each); });
    return problem(404, "there is nothing at this path", problems);
}

Response unfit(const RouteMethod& method, const ArgumentError& error) {
    if (error.path().empty()) return problem(422, error.what());
    ValueProblem problem{error.path(), error.problem(), error.expected()};
    problem.path = path_in_request(method, problem.path);
    return unfit({std::move(problem)});
}

Response unsupported_media_type(const Request& request, const std::vector<std::string>& accepted) {
    const auto types = fmt::format("{}", fmt::join(accepted, ", "));
    const auto media_type = request.media_type();
    auto response = problem(415, fmt::format("the body must be {}, not {}", fmt::join(accepted, " or "),
                                             media_type.empty() ? "of an unstated type" : media_type));
    const bool has_own_header = request.method == "POST" || request.method == "PATCH";
    response.headers.set(has_own_header ? (request.method == "POST" ? "Accept-Post" : "Accept-Patch") : "Accept",
                         types);
    return response;
}

Response unsupported_content_coding(std::string_view coding) {
    auto response = problem(415, fmt::format("the Content-Encoding '{}' is not known here; gzip is", coding));
    response.headers.set("Accept-Encoding", "gzip");
    return response;
}

Response not_acceptable(std::string_view media_type) {
    return problem(406, fmt::format("this answers with {}, which the request's Accept rules out", media_type));
}

}  // namespace hiratake::http
