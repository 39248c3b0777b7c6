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

}  // namespace hiratake::http
