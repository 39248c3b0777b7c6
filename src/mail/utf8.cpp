#include "mail/utf8.hpp"

#include "payload/utf8.hpp"

namespace hiratake::mail {

bool is_utf8(std::string_view text) {
    const char* const end = text.data() + text.size();
    for (const char* at = text.data(); at != end;) {
        const payload::DecodedCharacter character = payload::decode_character(at, end);
        if (character.length == 0 || payload::is_surrogate(character.code_point)) return false;
        at += character.length;
    }
    return true;
}

std::size_t utf8_prefix(std::string_view text, std::size_t max_bytes) {
    const auto is_continuation = [](char byte) { return (static_cast<unsigned char>(byte) & 0xc0) == 0x80; };
    if (text.size() <= max_bytes) return text.size();
    std::size_t length = max_bytes;
    while (length > 0 && is_continuation(text[length])) --length;
    return length;
}

}  // namespace hiratake::mail
