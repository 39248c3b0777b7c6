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

/// Whether this can be a host, with or without a port: "shop.example:80", "[::1]" (RFC 9110 section 7.2). It may be
/// empty.
bool is_host(std::string_view text);

struct ParsedTarget {
    std::string path;
    TextFields query;
    /// Of an absolute form: "host:80".
    std::string authority;
};

/// A request target in origin form ("/path?query") or absolute form ("http://host/path?query") (RFC 9112 section 3.2).
/// The query is read as forms are encoded: & between fields, + for a space. Nothing for other forms, for malformed
/// percent-encoding in the query, and for a fragment.
std::optional<ParsedTarget> parse_target(std::string_view target);

}  // namespace hiratake::http
