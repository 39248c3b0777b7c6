#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "hiratake/http/request.hpp"
#include "hiratake/http/response.hpp"
#include "hiratake/http/route.hpp"
#include "hiratake/payload/argument_error.hpp"
#include "hiratake/payload/value_problem.hpp"

namespace hiratake::http {

/// The part of a request as the paths of problems name it: "query", "header", "body".
std::string_view word_for(ParameterSource source);

/// Says where in the request a problem with an argument is: "limit" becomes "query.limit", and what the signature does
/// not know is in the body. What came as a text is shown, since everything outside of JSON is one.
/// @param named the arguments that the signature has judged
ValueProblem in_request(const RouteMethod& method, const Object& named, ValueProblem problem);

/// 422; 404 when the path is among what does not fit.
Response unfit(std::vector<ValueProblem> problems);
/// The same for an argument that cannot be converted to its C++ type.
Response unfit(const RouteMethod& method, const ArgumentError& error);

/// 415, with the types that would do in Accept, Accept-Post or Accept-Patch.
Response unsupported_media_type(const Request& request, const std::vector<std::string>& accepted);
/// 415, with the one that would do in Accept-Encoding (RFC 9110 section 12.5.3).
Response unsupported_content_coding(std::string_view coding);
/// 406
Response not_acceptable(std::string_view media_type);

}  // namespace hiratake::http
