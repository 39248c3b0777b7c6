#pragma once

#include <string>
#include <vector>

#include "hiratake/http/response.hpp"

namespace hiratake::http {

/// One thing that is wrong with the data of a request.
struct DataError {
    /// Where: "items[3].price"; empty for the whole.
    std::string path;
    /// "got a string"
    std::string problem;
    /// "an integer"; empty when there is nothing to say.
    std::string expected;
};

/// An error in the form of RFC 9457: `application/problem+json` with type, title, status, detail, the extra members in
/// `more`, and, where there are any, `errors`, a list of objects with path, problem and expected.
Response problem(int status, const std::string& detail, const std::vector<DataError>& errors = {}, Object more = {});

}  // namespace hiratake::http
