#pragma once

#include <string>
#include <vector>

#include "hiratake/http/http_error.hpp"
#include "hiratake/http/response.hpp"
#include "hiratake/payload/value_problem.hpp"

namespace hiratake::http {

/// An error in the form of RFC 9457: `application/problem+json` with type, title, status, detail, the extra members in
/// `more`, and, where there are any, `errors`, a list of objects with path, problem and expected.
Response problem(int status, const std::string& detail, const std::vector<ValueProblem>& errors = {}, Object more = {});
/// The status and text that the error was thrown with; 500 where that is no error status.
Response problem(const HttpError& error);
/// 503, with Retry-After.
Response unavailable(const std::string& detail);

/// Adds the id of the request that was answered so, if it has one: as `request_id`, and as `instance` where it is a
/// UUID, for which there is a URI (RFC 9562 section 4). The request's path would not do: it stands for no single
/// occurrence (RFC 9457 section 3.1.5), and may hold what should not be passed on.
/// @param problem made by problem()
void name_request(Response& problem, const std::string& request_id);

}  // namespace hiratake::http
