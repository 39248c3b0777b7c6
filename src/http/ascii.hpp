#pragma once

#include <string>
#include <string_view>

namespace hiratake::http {

/// As HTTP compares names: ASCII letters without regard to case, whatever the locale.
bool equal_ignoring_case(std::string_view left, std::string_view right);
std::string to_lower(std::string_view text);
/// Without spaces and tabs at both ends.
std::string_view trimmed(std::string_view text);

/// What names of methods and header fields are made of (RFC 9110 section 5.6.2).
bool is_token_character(char c);
/// What values are made of, and other text that is passed over: no control characters but tabs (section 5.5).
inline bool is_text_character(char c) {
    return (static_cast<unsigned char>(c) >= 0x20 && c != 0x7f) || c == '\t';
}
inline bool is_blank(char c) {
    return c == ' ' || c == '\t';
}

}  // namespace hiratake::http
