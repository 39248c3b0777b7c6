#include "mail/transfer_encoding.hpp"

#include <cstddef>

#include "payload/base64.hpp"

namespace hiratake::mail {
namespace {

constexpr std::size_t max_line = 76;

bool ends_line(std::string_view text, std::size_t at) {
    return text.substr(at, 2) == "\r\n";
}

bool can_stand_literally(std::string_view text, std::size_t at) {
    const char c = text[at];
    if (c == ' ' || c == '\t') return at + 1 < text.size() && !ends_line(text, at + 1);  // else trimmed on the way
    return c > ' ' && c < 0x7f && c != '=';
}

}  // namespace

std::string base64_lines(std::string_view bytes) {
    const std::string digits = payload::encode_base64(bytes);
    std::string lines;
    lines.reserve(digits.size() + (digits.size() / max_line + 1) * 2);
    for (std::size_t at = 0; at < digits.size(); at += max_line) {
        lines.append(digits, at, max_line);
        lines += "\r\n";
    }
    return lines;
}

std::string quoted_printable(std::string_view text) {
    static constexpr char digits[] = "0123456789ABCDEF";
    std::string out;
    std::size_t column = 0;
    for (std::size_t at = 0; at < text.size();) {
        if (ends_line(text, at)) {
            out += "\r\n";
            column = 0;
            at += 2;
            continue;
        }
        const bool literally = can_stand_literally(text, at);
        const std::size_t width = literally ? 1 : 3;
        if (column + width > max_line - 1) {  // one column is the soft break's own '='
            out += "=\r\n";
            column = 0;
        }
        const auto byte = static_cast<unsigned char>(text[at]);
        if (literally) {
            out += text[at];
        } else {
            out += '=';
            out += digits[byte >> 4];
            out += digits[byte & 0xf];
        }
        column += width;
        ++at;
    }
    return out;
}

}  // namespace hiratake::mail
