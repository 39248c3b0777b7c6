#include "http/problem.hpp"

#include <cctype>
#include <cstddef>
#include <utility>

#include "hiratake/payload/json.hpp"
#include "http/status.hpp"

namespace hiratake::http {
namespace {

bool is_uuid(const std::string& text) {
    if (text.size() != 36) return false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool is_dash_place = i == 8 || i == 13 || i == 18 || i == 23;
        const bool is_hexadecimal = std::isxdigit(static_cast<unsigned char>(text[i])) != 0;
        if (is_dash_place ? text[i] != '-' : !is_hexadecimal) return false;
    }
    return true;
}

}  // namespace

Response problem(int status, const std::string& detail, const std::vector<ValueProblem>& errors, Object more) {
    Object document{{"type", "about:blank"}, {"title", reason_phrase(status)}, {"status", status}};
    if (!detail.empty()) document.set("detail", detail);
    for (auto& member : more) document.set(member.name, std::move(member.value));
    if (!errors.empty()) {
        Array list;
        for (const auto& error : errors) {
            Object entry{{"path", error.path}, {"problem", error.problem}};
            if (!error.expected.empty()) entry.set("expected", error.expected);
            list.push_back(std::move(entry));
        }
        document.set("errors", std::move(list));
    }
    Response response = Response::json(std::move(document), status);
    response.headers.set("Content-Type", "application/problem+json");
    response.is_own_problem = true;
    return response;
}

Response problem(const HttpError& error) {
    const bool is_error_status = error.status() >= 400 && error.status() <= 599;
    return problem(is_error_status ? error.status() : 500, error.what());
}

Response unavailable(const std::string& detail) {
    auto response = problem(503, detail);
    response.headers.set("Retry-After", "1");
    return response;
}

void name_request(Response& problem, const std::string& request_id) {
    if (request_id.empty()) return;
    Object more;
    if (is_uuid(request_id)) more.set("instance", "urn:uuid:" + request_id);
    more.set("request_id", request_id);
    // Both are JSON objects that are not empty: the second goes on where the first ended.
    const std::string text = write_json(std::move(more), JsonStyle::compact);
    problem.body.back() = ',';
    problem.body.append(text, 1);
}

}  // namespace hiratake::http
