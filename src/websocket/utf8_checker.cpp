#include "websocket/utf8_checker.hpp"

namespace hiratake::websocket {

bool Utf8Checker::add(std::string_view part) {
    for (const char character : part) {
        const auto byte = static_cast<std::uint8_t>(character);
        if (missing_ == 0) {
            if (byte >= 0x80 && !begin(byte)) return false;
            continue;
        }
        if (byte < lowest_ || byte > highest_) return false;
        lowest_ = 0x80;
        highest_ = 0xbf;
        --missing_;
    }
    return true;
}

// Overlong forms, surrogates and what lies beyond U+10FFFF are known by their second byte.
bool Utf8Checker::begin(std::uint8_t lead) {
    if (lead < 0xc2 || lead > 0xf4) return false;
    missing_ = lead >= 0xf0 ? 3 : lead >= 0xe0 ? 2 : 1;
    if (lead == 0xe0) lowest_ = 0xa0;
    if (lead == 0xed) highest_ = 0x9f;
    if (lead == 0xf0) lowest_ = 0x90;
    if (lead == 0xf4) highest_ = 0x8f;
    return true;
}

bool is_utf8(std::string_view text) {
    Utf8Checker checker;
    return checker.add(text) && checker.is_complete();
}

}  // namespace hiratake::websocket
