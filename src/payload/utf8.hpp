#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace hiratake::payload {

struct DecodedCharacter {
    std::uint32_t code_point = 0;
    /// In bytes; 0 when there is no valid character.
    std::size_t length = 0;
};

/// The character that starts at `text`, which must be before `end`. Overlong forms and what lies beyond U+10FFFF are
/// refused (RFC 3629); a surrogate, which WTF-8 has and UTF-8 has not, is for the caller to judge.
DecodedCharacter decode_character(const char* text, const char* end);

constexpr bool is_surrogate(std::uint32_t code_point) {
    return code_point >= 0xd800 && code_point <= 0xdfff;
}
constexpr bool is_high_surrogate(std::uint32_t code_point) {
    return code_point >= 0xd800 && code_point <= 0xdbff;
}
constexpr bool is_low_surrogate(std::uint32_t code_point) {
    return code_point >= 0xdc00 && code_point <= 0xdfff;
}

/// Whether the text is well-formed UTF-8 (RFC 3629): no overlong form, no surrogate, nothing above U+10FFFF.
bool is_utf8(std::string_view text);
/// How many characters a text has. A byte that belongs to none counts as one.
std::size_t count_characters(std::string_view text);
/// The beginning of a text, at most so many bytes long, cut between characters.
std::string_view first_characters(std::string_view text, std::size_t most_bytes);

/// Writes up to 4 bytes and returns how many.
std::size_t encode_character(std::uint32_t code_point, char* out);

}  // namespace hiratake::payload
