#include <array>
#include <charconv>
#include <cmath>

#include "hiratake/payload/json.hpp"
#include "payload/plain_run.hpp"
#include "payload/utf8.hpp"

namespace hiratake {
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

class JsonWriter {
  public:
    JsonWriter(std::string& out, JsonStyle style)
        : out_(out),
          item_separator_(style == JsonStyle::python ? ", " : ","),
          name_separator_(style == JsonStyle::compact ? ":" : ": "),
          is_indented_(style == JsonStyle::indented) {}

    void write(const Value& value, std::size_t depth) {
        switch (value.kind()) {
            case Value::Kind::null: out_ += "null"; break;
            case Value::Kind::boolean: out_ += *value.get_if<bool>() ? "true" : "false"; break;
            case Value::Kind::integer: write_integer(*value.get_if<std::int64_t>()); break;
            case Value::Kind::big_integer: out_ += value.get_if<BigInteger>()->digits; break;
            case Value::Kind::real: write_real(*value.get_if<double>()); break;
            case Value::Kind::string: write_string(*value.get_if<std::string>()); break;
            case Value::Kind::array: write_array(*value.get_if<Array>(), depth + 1); break;
            case Value::Kind::object: write_object(*value.get_if<Object>(), depth + 1); break;
        }
    }

    void write_array(const Array& array, std::size_t depth) {
        check(depth);
        out_ += '[';
        bool first = true;
        for (const Value& element : array) {
            if (!first) out_ += item_separator_;
            first = false;
            if (is_indented_) break_line(depth);
            write(element, depth);
        }
        if (is_indented_ && !first) break_line(depth - 1);
        out_ += ']';
    }

    void write_object(const Object& object, std::size_t depth) {
        check(depth);
        out_ += '{';
        bool first = true;
        for (const Member& member : object) {
            if (!first) out_ += item_separator_;
            first = false;
            if (is_indented_) break_line(depth);
            write_string(member.name);
            out_ += name_separator_;
            write(member.value, depth);
        }
        if (is_indented_ && !first) break_line(depth - 1);
        out_ += '}';
    }

  private:
    void write_integer(std::int64_t integer) {
        char digits[24];
        const auto end = std::to_chars(digits, digits + sizeof digits, integer).ptr;
        out_.append(digits, end);
    }

    // As Python's repr(): the shortest digits that mean the same number, with a point from 1e-4 up to 1e16 and an
    // exponent of at least two digits outside of that.
    void write_real(double real) {
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
            out_.append(digits, std::to_chars(digits, digits + sizeof digits, real, std::chars_format::scientific).ptr);
            return;
        }
        const auto end = std::to_chars(digits, digits + sizeof digits, real, std::chars_format::fixed).ptr;
        out_.append(digits, end);
        if (std::string_view(digits, static_cast<std::size_t>(end - digits)).find('.') == std::string_view::npos)
            out_ += ".0";
    }

    void write_string(std::string_view text) {
        make_room(text.size());
        out_ += '"';
        const char* run = text.data();
        const char* end = run + text.size();
        const char* at = run;
        while ((at = payload::end_of_plain_run(at, end)) != end) {
            append(run, at);
            const auto [code_point, length] = payload::decode_character(at, end);
            if (length == 0) refuse(static_cast<std::size_t>(at - text.data()));
            write_escape(code_point);
            at += length;
            run = at;
        }
        append(run, end);
        out_ += '"';
    }

    // Once for a long text and for what commonly follows it.
    void make_room(std::size_t size) {
        constexpr std::size_t others = 64;
        if (out_.capacity() - out_.size() < size) out_.reserve(out_.size() + size + others);
    }

    // append(begin, end) of a string goes the long way of replace().
    void append(const char* begin, const char* end) { out_.append(begin, static_cast<std::size_t>(end - begin)); }

    void write_escape(std::uint32_t code_point) {
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

    void write_code(std::uint32_t code) {
        constexpr const char* digits = "0123456789abcdef";
        const char escape[] = {
            '\\', 'u', digits[code >> 12], digits[code >> 8 & 15], digits[code >> 4 & 15], digits[code & 15]};
        out_.append(escape, sizeof escape);
    }

    void break_line(std::size_t depth) {
        out_ += '\n';
        out_.append(2 * depth, ' ');
    }

    static void check(std::size_t depth) {
        if (depth <= max_json_depth) return;
        throw JsonError("cannot write JSON: arrays and objects lie more than " + std::to_string(max_json_depth) +
                        " deep inside of each other");
    }

    [[noreturn]] static void refuse(std::size_t byte) {
        throw JsonError("cannot write JSON: byte " + std::to_string(byte) +
                        " of a string is not valid UTF-8; send bytes as std::vector<std::byte>");
    }

    std::string& out_;
    std::string_view item_separator_;
    std::string_view name_separator_;
    bool is_indented_;
};

}  // namespace

void append_json(std::string& out, const Value& value, JsonStyle style, std::size_t depth) {
    JsonWriter(out, style).write(value, depth);
}

void append_json(std::string& out, const Array& array, JsonStyle style, std::size_t depth) {
    JsonWriter(out, style).write_array(array, depth + 1);
}

void append_json(std::string& out, const Object& object, JsonStyle style, std::size_t depth) {
    JsonWriter(out, style).write_object(object, depth + 1);
}

std::string write_json(const Value& value, JsonStyle style) {
    std::string text;
    append_json(text, value, style);
    return text;
}

}  // namespace hiratake
