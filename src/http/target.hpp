#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "hiratake/http/request.hpp"

namespace hiratake::http {

/// The text with each %XX turned into its byte. Nothing when one is malformed or stands for a control character, which
/// no name or text needs and many programs behind this one cannot bear.
std::optional<std::string> percent_decoded(std::string_view text);

/// The fields of a query or of a body of application/x-www-form-urlencoded: & between them, + for a space. Nothing for
/// malformed percent-encoding.
std::optional<TextFields> parse_form(std::string_view text);

struct ParsedTarget {
    std::string path;
    TextFields query;
};

/// A request target in origin form ("/path?query") or absolute form ("http://host/path?query") (RFC 9112 section 3.2).
/// The query is read as forms are encoded: & between fields, + for a space. Nothing for other forms and for malformed
/// percent-encoding in the query.
std::optional<ParsedTarget> parse_target(std::string_view target);

}  // namespace hiratake::http
