#include "mail/transfer_encoding.hpp"

#include <cstddef>
#include <cstdint>

namespace hiratake::mail {
namespace {

constexpr std::size_t max_line = 76;

void append_base64(std::string& out, std::string_view bytes) {
    static constexpr char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    for (std::size_t at = 0; at < bytes.size(); at += 3) {
        std::uint32_t group = 0;
        for (std::size_t i = 0; i < 3; ++i) {
            group = group << 8 | (at + i < bytes.size() ? static_cast<unsigned char>(bytes[at + i]) : 0U);
        }
        const std::size_t left = bytes.size() - at;
        out += digits[group >> 18];
        out += digits[group >> 12 & 0x3f];
        out += left > 1 ? digits[group >> 6 & 0x3f] : '=';
        out += left > 2 ? digits[group & 0x3f] : '=';
    }
}

bool ends_line(std::string_view text, std::size_t at) {
    return text.substr(at, 2) == "\r\n";
}

bool can_stand_literally(std::string_view text, std::size_t at) {
    const char c = text[at];
    if (c == ' ' || c == '\t') return at + 1 < text.size() && !ends_line(text, at + 1);  // else trimmed on the way
    return c > ' ' && c < 0x7f && c != '=';
}

}  // namespace

std::string base64(std::string_view bytes) {
    std::string out;
    out.reserve((bytes.size() + 2) / 3 * 4);
    append_base64(out, bytes);
    return out;
}

std::string base64_lines(std::string_view bytes) {
    constexpr std::size_t bytes_per_line = max_line / 4 * 3;
    std::string out;
    out.reserve((bytes.size() / bytes_per_line + 1) * (max_line + 2));
    for (std::size_t at = 0; at < bytes.size(); at += bytes_per_line) {
        append_base64(out, bytes.substr(at, bytes_per_line));
        out += "\r\n";
    }
    return out;
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
