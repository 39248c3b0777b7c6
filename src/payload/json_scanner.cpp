#include "hiratake/payload/json_scanner.hpp"

#include <algorithm>
#include <charconv>
#include <limits>

#include "hiratake/payload/json.hpp"
#include "payload/plain_run.hpp"
#include "payload/utf8.hpp"

namespace hiratake::payload {
namespace {

constexpr bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

// std::from_chars leaves the number alone when it is beyond what a double holds; Python then has infinity or zero.
// Which of them, the position of the first digit that is not zero decides, counted with the exponent.
double beyond_double(std::string_view digits) {
    const bool negative = digits.front() == '-';
    if (negative) digits.remove_prefix(1);
    const std::size_t e = std::min(digits.find_first_of("eE"), digits.size());
    const std::string_view mantissa = digits.substr(0, e);
    const std::size_t point = std::min(mantissa.find('.'), mantissa.size());
    const std::size_t first = std::min(mantissa.find_first_of("123456789"), mantissa.size());
    std::string_view exponent_digits = digits.substr(std::min(e + 1, digits.size()));
    if (exponent_digits.starts_with('+')) exponent_digits.remove_prefix(1);
    long long exponent = 0;
    const auto parsed =
        std::from_chars(exponent_digits.data(), exponent_digits.data() + exponent_digits.size(), exponent);
    const bool huge_exponent = parsed.ec == std::errc::result_out_of_range;
    const bool falls = huge_exponent ? exponent_digits.front() == '-'
                                     : exponent + static_cast<long long>(point) - static_cast<long long>(first) < 0;
    const double size = falls ? 0.0 : std::numeric_limits<double>::infinity();
    return negative ? -size : size;
}

}  // namespace

void JsonScanner::fail_at(const char* where, const char* problem) const {
    const auto line = 1 + std::count(begin_, where, '\n');
    const char* line_start = where;
    while (line_start != begin_ && line_start[-1] != '\n') --line_start;
    const auto offset = static_cast<std::size_t>(where - begin_);
    throw JsonError("invalid JSON at line " + std::to_string(line) + " column " +
                        std::to_string(where - line_start + 1) + " (byte " + std::to_string(offset) + "): " + problem,
                    offset);
}

void JsonScanner::expect_word(std::string_view word) {
    if (!std::string_view(at_, static_cast<std::size_t>(end_ - at_)).starts_with(word)) fail("expected a value");
    at_ += word.size();
}

void JsonScanner::skip_wide_characters() {
    while (at_ != end_ && static_cast<unsigned char>(*at_) >= 0x80) {
        const auto [code_point, length] = decode_character(at_, end_);
        if (length == 0 || is_surrogate(code_point)) fail("a string is not valid UTF-8");
        at_ += length;
    }
}

std::string JsonScanner::read_string() {
    const char* opening_quote = at_++;
    const char* run = at_;
    std::string text;
    while (true) {
        at_ = end_of_plain_run(at_, end_);
        if (at_ == end_) fail_at(opening_quote, "a string is not closed");
        const auto byte = static_cast<unsigned char>(*at_);
        if (byte >= 0x80) {
            skip_wide_characters();
        } else if (byte == '"') {
            const char* const closing_quote = at_++;
            if (text.empty()) return std::string(run, closing_quote);
            text.append(run, closing_quote);
            return text;
        } else if (byte == '\\') {
            text.append(run, at_);
            append_escape(text);
            run = at_;
        } else if (byte == 0x7f) {
            ++at_;
        } else {
            fail("a control character in a string must be escaped");
        }
    }
}

void JsonScanner::append_escape(std::string& text) {
    const char* backslash = at_++;
    if (at_ == end_) fail_at(backslash, "a string is not closed");
    const char kind = *at_++;
    switch (kind) {
        case '"':
        case '\\':
        case '/': text += kind; return;
        case 'b': text += '\b'; return;
        case 'f': text += '\f'; return;
        case 'n': text += '\n'; return;
        case 'r': text += '\r'; return;
        case 't': text += '\t'; return;
        case 'u': break;
        default: fail_at(backslash, "an unknown escape in a string");
    }
    std::uint32_t code_point = read_four_digits();
    if (is_high_surrogate(code_point) && end_ - at_ >= 2 && at_[0] == '\\' && at_[1] == 'u') {
        const char* second = at_;
        at_ += 2;
        const std::uint32_t low = read_four_digits();
        if (is_low_surrogate(low)) {
            code_point = 0x10000 + ((code_point - 0xd800) << 10) + (low - 0xdc00);
        } else {
            at_ = second;  // no pair: the second is an escape of its own
        }
    }
    char bytes[4];
    text.append(bytes, encode_character(code_point, bytes));
}

std::uint32_t JsonScanner::read_four_digits() {
    std::uint32_t code = 0;
    const char* end = end_ - at_ >= 4 ? at_ + 4 : end_;
    const auto [parsed, error] = std::from_chars(at_, end, code, 16);
    if (error != std::errc{} || parsed != at_ + 4) fail("\\u must be followed by four hexadecimal digits");
    at_ += 4;
    return code;
}

void JsonScanner::skip_digits() {
    while (at_ != end_ && is_digit(*at_)) ++at_;
}

Value JsonScanner::read_number() {
    const char* start = at_;
    if (*at_ == 'N') {
        expect_word("NaN");
        return std::numeric_limits<double>::quiet_NaN();
    }
    const bool negative = *at_ == '-';
    if (negative) ++at_;
    if (at_ != end_ && *at_ == 'I') {
        expect_word("Infinity");
        return negative ? -std::numeric_limits<double>::infinity() : std::numeric_limits<double>::infinity();
    }
    if (at_ == end_ || !is_digit(*at_)) fail_at(start, "expected a value");
    if (*at_ == '0') {
        ++at_;
    } else {
        skip_digits();
    }
    const char* integer_end = at_;
    // A point or an exponent without digits is not part of the number, and then an error for whoever looks at it next.
    if (end_ - at_ >= 2 && at_[0] == '.' && is_digit(at_[1])) {
        ++at_;
        skip_digits();
    }
    if (at_ != end_ && (*at_ == 'e' || *at_ == 'E')) {
        const char* digits = at_ + 1;
        if (digits != end_ && (*digits == '+' || *digits == '-')) ++digits;
        if (digits != end_ && is_digit(*digits)) {
            at_ = digits;
            skip_digits();
        }
    }
    if (at_ != integer_end) return read_real(start);
    std::int64_t integer = 0;
    if (std::from_chars(start, at_, integer).ec == std::errc{}) return integer;
    return BigInteger{std::string(start, at_)};
}

Value JsonScanner::read_real(const char* start) const {
    double real = 0;
    if (std::from_chars(start, at_, real).ec == std::errc{}) return real;
    return beyond_double({start, static_cast<std::size_t>(at_ - start)});
}

}  // namespace hiratake::payload
