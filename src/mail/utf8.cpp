#include "mail/utf8.hpp"

#include <array>
#include <cstdint>

namespace hiratake::mail {
namespace {

std::uint32_t byte_at(std::string_view text, std::size_t at) {
    return static_cast<unsigned char>(text[at]);
}

bool is_continuation(std::uint32_t byte) {
    return (byte & 0xc0) == 0x80;
}

/// The length of the character that `lead` begins, 0 when none does.
std::size_t character_length(std::uint32_t lead) {
    if (lead < 0x80) return 1;
    if (lead >= 0xc2 && lead < 0xe0) return 2;
    if (lead >= 0xe0 && lead < 0xf0) return 3;
    if (lead >= 0xf0 && lead < 0xf5) return 4;
    return 0;
}

bool is_character(std::string_view text) {
    static constexpr std::array<std::uint32_t, 5> least = {0, 0, 0x80, 0x800, 0x10000};
    std::uint32_t code = byte_at(text, 0) & (0xffU >> (text.size() + 1));
    for (std::size_t at = 1; at < text.size(); ++at) {
        if (!is_continuation(byte_at(text, at))) return false;
        code = code << 6 | (byte_at(text, at) & 0x3f);
    }
    const bool is_surrogate = code >= 0xd800 && code < 0xe000;
    return code >= least[text.size()] && code <= 0x10ffff && !is_surrogate;
}

}  // namespace

bool is_utf8(std::string_view text) {
    while (!text.empty()) {
        const std::size_t length = character_length(byte_at(text, 0));
        if (length == 0 || length > text.size()) return false;
        if (length > 1 && !is_character(text.substr(0, length))) return false;
        text.remove_prefix(length);
    }
    return true;
}

std::size_t utf8_prefix(std::string_view text, std::size_t max_bytes) {
    if (text.size() <= max_bytes) return text.size();
    std::size_t length = max_bytes;
    while (length > 0 && is_continuation(byte_at(text, length))) --length;
    return length;
}

}  // namespace hiratake::mail
