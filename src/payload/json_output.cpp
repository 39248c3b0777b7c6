#include "hiratake/payload/json_output.hpp"

#include <array>
#include <charconv>
#include <cmath>
#include <utility>

#include "payload/plain_run.hpp"
#include "payload/utf8.hpp"

namespace hiratake {
namespace payload {
namespace {

/// The letter of the short escape, or 'u' for the long one.
constexpr std::array<char, 128> escapes = [] {
    std::array<char, 128> table{};
    for (std::size_t i = 0; i < 0x20; ++i) table[i] = 'u';
    table['\b'] = 'b';
    table['\f'] = 'f';
    table['\n'] = 'n';
    table['\r'] = 'r';
    table['\t'] = 't';
    table['"'] = '"';
    table['\\'] = '\\';
    table[0x7f] = 'u';
    return table;
}();

template <class Integer>
void append_integer(std::string& out, Integer integer) {
    char digits[24];
    const auto end = std::to_chars(digits, digits + sizeof digits, integer).ptr;
    out.append(digits, static_cast<std::size_t>(end - digits));
}

[[noreturn]] void refuse(std::size_t byte) {
    throw JsonError("cannot write JSON: byte " + std::to_string(byte) +
                    " of a string is not valid UTF-8; send bytes as std::vector<std::byte>");
}

}  // namespace

JsonOutput::JsonOutput(std::string& out, JsonStyle style, std::size_t depth)
    : out_(out),
      item_separator_(style == JsonStyle::python ? ", " : ","),
      name_separator_(style == JsonStyle::compact ? ":" : ": "),
      is_indented_(style == JsonStyle::indented),
      depth_(depth) {}

void JsonOutput::integer(std::int64_t integer) {
    append_integer(out_, integer);
}

void JsonOutput::unsigned_integer(std::uint64_t integer) {
    append_integer(out_, integer);
}

// As Python's repr(): the shortest digits that mean the same number, with a point from 1e-4 up to 1e16 and an
// exponent of at least two digits outside of that.
void JsonOutput::real(double real) {
    if (std::isnan(real)) {
        out_ += "NaN";
        return;
    }
    if (std::isinf(real)) {
        out_ += real < 0 ? "-Infinity" : "Infinity";
        return;
    }
    char digits[40];
    const double size = std::fabs(real);
    if (size != 0 && (size < 1e-4 || size >= 1e16)) {
        append(digits, std::to_chars(digits, digits + sizeof digits, real, std::chars_format::scientific).ptr);
        return;
    }
    const auto end = std::to_chars(digits, digits + sizeof digits, real, std::chars_format::fixed).ptr;
    append(digits, end);
    if (std::string_view(digits, static_cast<std::size_t>(end - digits)).find('.') == std::string_view::npos)
        out_ += ".0";
}

void JsonOutput::string(std::string_view text) {
    make_room(text.size());
    out_ += '"';
    const char* run = text.data();
    const char* end = run + text.size();
    const char* at = run;
    while ((at = end_of_plain_run(at, end)) != end) {
        append(run, at);
        const auto [code_point, length] = decode_character(at, end);
        if (length == 0) refuse(static_cast<std::size_t>(at - text.data()));
        write_escape(code_point);
        at += length;
        run = at;
    }
    append(run, end);
    out_ += '"';
}

// Once for a long text and for what commonly follows it.
void JsonOutput::make_room(std::size_t size) {
    constexpr std::size_t others = 64;
    if (out_.capacity() - out_.size() < size) out_.reserve(out_.size() + size + others);
}

// append(begin, end) of a string goes the long way of replace().
void JsonOutput::append(const char* begin, const char* end) {
    out_.append(begin, static_cast<std::size_t>(end - begin));
}

void JsonOutput::write_escape(std::uint32_t code_point) {
    if (code_point < 0x80 && escapes[code_point] != 'u') {
        out_ += '\\';
        out_ += escapes[code_point];
    } else if (code_point < 0x10000) {
        write_code(code_point);
    } else {
        write_code(0xd800 + ((code_point - 0x10000) >> 10));
        write_code(0xdc00 + ((code_point - 0x10000) & 0x3ff));
    }
}

void JsonOutput::write_code(std::uint32_t code) {
    constexpr const char* digits = "0123456789abcdef";
    const char escape[] = {
        '\\', 'u', digits[code >> 12], digits[code >> 8 & 15], digits[code >> 4 & 15], digits[code & 15]};
    out_.append(escape, sizeof escape);
}

void JsonOutput::value(const Value& value) {
    switch (value.kind()) {
        case Value::Kind::null: null(); break;
        case Value::Kind::boolean: boolean(*value.get_if<bool>()); break;
        case Value::Kind::integer: integer(*value.get_if<std::int64_t>()); break;
        case Value::Kind::big_integer: out_ += value.get_if<BigInteger>()->digits; break;
        case Value::Kind::real: real(*value.get_if<double>()); break;
        case Value::Kind::string: string(*value.get_if<std::string>()); break;
        case Value::Kind::array: array(*value.get_if<Array>()); break;
        case Value::Kind::object: object(*value.get_if<Object>()); break;
    }
}

void JsonOutput::array(const Array& array) {
    begin_array();
    for (const Value& each : array) {
        element();
        value(each);
    }
    end_array();
}

void JsonOutput::object(const Object& object) {
    begin_object();
    for (const Member& each : object) {
        member(each.name);
        value(each.value);
    }
    end_object();
}

void JsonOutput::element() {
    if (!std::exchange(is_first_, false)) out_ += item_separator_;
    if (is_indented_) break_line();
}

void JsonOutput::member(std::string_view name) {
    element();
    string(name);
    out_ += name_separator_;
}

void JsonOutput::begin(char opening) {
    if (depth_ == max_json_depth) {
        throw JsonError("cannot write JSON: arrays and objects lie more than " + std::to_string(max_json_depth) +
                        " deep inside of each other");
    }
    ++depth_;
    is_first_ = true;
    out_ += opening;
}

void JsonOutput::end(char closing) {
    --depth_;
    const bool is_empty = std::exchange(is_first_, false);
    if (is_indented_ && !is_empty) break_line();
    out_ += closing;
}

void JsonOutput::break_line() {
    out_ += '\n';
    out_.append(2 * depth_, ' ');
}

}  // namespace payload

void append_json(std::string& out, const Value& value, JsonStyle style) {
    payload::JsonOutput(out, style).value(value);
}

std::string write_json(const Value& value, JsonStyle style) {
    std::string text;
    append_json(text, value, style);
    return text;
}

}  // namespace hiratake
