#include "payload/utf8.hpp"

namespace hiratake::payload {

DecodedCharacter decode_character(const char* text, const char* end) {
    const auto lead = static_cast<unsigned char>(*text);
    if (lead < 0x80) return {lead, 1};
    const std::size_t length = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2;
    if (lead < 0xc2 || lead > 0xf4 || static_cast<std::size_t>(end - text) < length) return {};
    std::uint32_t code_point = lead & (0xffu >> (length + 1));
    for (std::size_t i = 1; i < length; ++i) {
        const auto next = static_cast<unsigned char>(text[i]);
        if ((next & 0xc0) != 0x80) return {};
        code_point = code_point << 6 | (next & 0x3fu);
    }
    constexpr std::uint32_t smallest[] = {0, 0, 0x80, 0x800, 0x10000};
    if (code_point < smallest[length] || code_point > 0x10ffff) return {};
    return {code_point, length};
}

bool is_utf8(std::string_view text) {
    const char* const end = text.data() + text.size();
    for (const char* at = text.data(); at != end;) {
        const DecodedCharacter character = decode_character(at, end);
        if (character.length == 0 || is_surrogate(character.code_point)) return false;
        at += character.length;
    }
    return true;
}

std::size_t count_characters(std::string_view text) {
    std::size_t count = 0;
    const char* const end = text.data() + text.size();
    for (const char* at = text.data(); at < end; ++count) {
        const std::size_t length = decode_character(at, end).length;
        at += length == 0 ? 1 : length;
    }
    return count;
}

std::string_view first_characters(std::string_view text, std::size_t most_bytes) {
    if (text.size() <= most_bytes) return text;
    // The bytes after a character's first begin with 10.
    while (most_bytes > 0 && (static_cast<unsigned char>(text[most_bytes]) & 0xc0) == 0x80) --most_bytes;
    return text.substr(0, most_bytes);
}

std::size_t encode_character(std::uint32_t code_point, char* out) {
    const auto tail = [](std::uint32_t bits) { return static_cast<char>(0x80 | (bits & 0x3f)); };
    if (code_point < 0x80) {
        out[0] = static_cast<char>(code_point);
        return 1;
    }
    if (code_point < 0x800) {
        out[0] = static_cast<char>(0xc0 | code_point >> 6);
        out[1] = tail(code_point);
        return 2;
    }
    if (code_point < 0x10000) {
        out[0] = static_cast<char>(0xe0 | code_point >> 12);
        out[1] = tail(code_point >> 6);
        out[2] = tail(code_point);
        return 3;
    }
    out[0] = static_cast<char>(0xf0 | code_point >> 18);
    out[1] = tail(code_point >> 12);
    out[2] = tail(code_point >> 6);
    out[3] = tail(code_point);
    return 4;
}

}  // namespace hiratake::payload
