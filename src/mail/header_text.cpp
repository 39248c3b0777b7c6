#include "mail/header_text.hpp"

#include <fmt/core.h>

#include <algorithm>

#include "hiratake/mail/mail_error.hpp"
#include "payload/base64.hpp"
#include "payload/utf8.hpp"

namespace hiratake::mail {
namespace {

constexpr std::size_t max_encoded_line = 76;  // RFC 2047, 2: a line that holds encoded words
constexpr std::size_t max_plain_line = 78;    // RFC 5322, 2.1.1
constexpr std::size_t max_plain_word = 900;   // well below the 998 that a line may have at all
constexpr std::size_t max_encoded_word = 75;  // RFC 2047, 2
constexpr std::string_view word_begin = "=?UTF-8?B?";
constexpr std::string_view word_end = "?=";

bool is_printable_ascii(char c) {
    return c >= 0x20 && c < 0x7f;
}

bool is_atom_character(char c) {
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
           std::string_view{"!#$%&'*+-/=?^_`{|}~"}.find(c) != std::string_view::npos;
}

bool has_long_word(std::string_view text) {
    std::size_t length = 0;
    for (const char c : text) {
        length = c == ' ' ? 0 : length + 1;
        if (length > max_plain_word) return true;
    }
    return false;
}

bool can_stand_as_it_is(std::string_view text) {
    if (text.empty()) return true;
    return std::all_of(text.begin(), text.end(), is_printable_ascii) && text.find("=?") == std::string_view::npos &&
           text.front() != ' ' && text.back() != ' ' && !has_long_word(text);
}

std::string fold(std::string_view text, std::size_t column) {
    std::string folded;
    std::size_t at = 0;
    while (at < text.size()) {
        // A piece is a run of spaces with the word behind it: the line may break before the spaces only.
        const std::size_t word = std::min(text.find_first_not_of(' ', at), text.size());
        const std::size_t end = std::min(text.find(' ', word), text.size());
        const std::size_t length = end - at;
        if (at != 0 && column + length > max_plain_line) {
            folded += "\r\n";
            column = 0;
        }
        folded += text.substr(at, length);
        column += length;
        at = end;
    }
    return folded;
}

std::string encoded_words(std::string_view text, std::size_t column) {
    constexpr std::size_t overhead = word_begin.size() + word_end.size();
    constexpr std::size_t least_useful_word = overhead + 16;
    std::string words;
    if (column + least_useful_word > max_encoded_line) {
        words += "\r\n ";
        column = 1;
    }
    while (!text.empty()) {
        const std::size_t room = std::min(max_encoded_line - column, max_encoded_word) - overhead;
        const std::size_t length = payload::first_characters(text, room / 4 * 3).size();
        words += word_begin;
        words += payload::encode_base64(text.substr(0, length));
        words += word_end;
        text.remove_prefix(length);
        if (!text.empty()) words += "\r\n ";
        column = 1;
    }
    return words;
}

bool is_attribute_character(char c) {  // RFC 2231, 7
    return is_atom_character(c) && c != '*' && c != '\'' && c != '%';
}

std::string percent_encoded(std::string_view text) {
    std::string encoded;
    for (const char c : text) {
        if (is_attribute_character(c) || c == '.') {
            encoded += c;
        } else {
            encoded += fmt::format("%{:02X}", static_cast<unsigned char>(c));
        }
    }
    return encoded;
}

std::string quoted(std::string_view text) {
    std::string result = "\"";
    for (const char c : text) {
        if (c == '"' || c == '\\') result += '\\';
        result += c;
    }
    return result + '"';
}

}  // namespace

void check_header_text(std::string_view text, std::string_view field) {
    for (const char c : text) {
        if (static_cast<unsigned char>(c) >= 0x20 && c != 0x7f) continue;
        throw MailError(
            fmt::format("cannot compose the mail: {} holds the control character 0x{:02x}; headers are one "
                        "line of plain text",
                        field, static_cast<unsigned char>(c)));
    }
    if (!payload::is_utf8(text)) throw MailError(fmt::format("cannot compose the mail: {} is not valid UTF-8", field));
}

std::string encode_text(std::string_view text, std::size_t column) {
    return can_stand_as_it_is(text) ? fold(text, column) : encoded_words(text, column);
}

std::string encode_phrase(std::string_view text, std::size_t column) {
    if (!can_stand_as_it_is(text) || text.size() > max_encoded_word) return encoded_words(text, column);
    const bool is_plain =
        std::all_of(text.begin(), text.end(), [](char c) { return is_atom_character(c) || c == ' '; });
    return is_plain ? std::string{text} : quoted(text);
}

std::string encode_parameter(std::string_view name, std::string_view value) {
    constexpr std::size_t segment_bytes = 18;  // 54 characters once each byte is %XX
    if (value.size() <= 60 && std::all_of(value.begin(), value.end(), is_printable_ascii)) {
        return fmt::format(";\r\n {}={}", name, quoted(value));
    }
    if (value.size() <= segment_bytes) return fmt::format(";\r\n {}*=UTF-8''{}", name, percent_encoded(value));

    std::string segments;
    for (std::size_t number = 0; !value.empty(); ++number) {
        const std::size_t length = payload::first_characters(value, segment_bytes).size();
        segments += fmt::format(";\r\n {}*{}*={}{}", name, number, number == 0 ? "UTF-8''" : "",
                                percent_encoded(value.substr(0, length)));
        value.remove_prefix(length);
    }
    return segments;
}

}  // namespace hiratake::mail
