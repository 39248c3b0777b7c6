#pragma once

#include <cstddef>
#include <string_view>

namespace hiratake::mail {

/// Whether the text is well-formed UTF-8 (RFC 3629): no overlong form, no surrogate, nothing above U+10FFFF.
bool is_utf8(std::string_view text);

/// The length of the longest beginning of `text` that has at most `max_bytes` bytes and ends with a whole character.
/// @param text well-formed, not empty
/// @param max_bytes at least 4, so that any character fits
std::size_t utf8_prefix(std::string_view text, std::size_t max_bytes);

}  // namespace hiratake::mail
