#pragma once

#include <string>
#include <string_view>

namespace hiratake::mail {

/// Base64 in lines of 76 characters that each end with CRLF (RFC 2045, 6.8).
std::string base64_lines(std::string_view bytes);

/// Quoted-printable (RFC 2045, 6.7) of text whose lines end with CRLF.
std::string quoted_printable(std::string_view text);

}  // namespace hiratake::mail
