#include "http/problem.hpp"

#include "hiratake/payload/json.hpp"
#include "http/status.hpp"

namespace hiratake::http {

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

}  // namespace hiratake::http
