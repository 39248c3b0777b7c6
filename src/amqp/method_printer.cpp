#include "amqp/method_printer.hpp"

#include <array>
#include <type_traits>

namespace hiratake::amqp {
namespace {

/// Writes values one inside the other.
class ValuePrinter {
  public:
    explicit ValuePrinter(std::string& out) : out_(out) {}

    void print(const Table& table) {
        out_ += '{';
        std::string_view separator;
        for (const auto& [name, value] : table) {
            out_ += separator;
            out_ += escaped(name);
            out_ += ": ";
            print(value);
            separator = ", ";
        }
        out_ += '}';
    }

    void print(const FieldValue& value) {
        std::visit([&](const auto& held) { print(held); }, value.variant());
    }

  private:
    void print(std::monostate) { out_ += "null"; }
    void print(const std::string& text) { out_ += quoted(text); }
    void print(const ByteArray& array) { fmt::format_to(std::back_inserter(out_), "{} bytes", array.bytes.size()); }
    void print(Decimal value) { fmt::format_to(std::back_inserter(out_), "{}e-{}", value.unscaled, value.scale); }
    void print(Timestamp value) { fmt::format_to(std::back_inserter(out_), "time {}", value.seconds); }
    void print(const Array& array) {
        out_ += '[';
        std::string_view separator;
        for (const FieldValue& item : array.items) {
            out_ += separator;
            print(item);
            separator = ", ";
        }
        out_ += ']';
    }
    template <class Number>
    requires std::is_arithmetic_v<Number>
    void print(Number value) { fmt::format_to(std::back_inserter(out_), "{}", value); }

    std::string& out_;
};

}  // namespace

std::string to_text(const Table& table) {
    std::string text;
    ValuePrinter(text).print(table);
    return text;
}

std::string to_text(const FieldValue& value) {
    std::string text;
    ValuePrinter(text).print(value);
    return text;
}

std::string escaped(std::string_view text) {
    std::string result;
    for (const char character : text) {
        const auto octet = static_cast<unsigned char>(character);
        if (octet < 0x20 || octet == 0x7F) {
            fmt::format_to(std::back_inserter(result), "\\x{:02x}", octet);
        } else {
            if (character == '\'' || character == '\\') result += '\\';
            result += character;
        }
    }
    return result;
}

std::string quoted(std::string_view text) {
    return "'" + escaped(text) + "'";
}

}  // namespace hiratake::amqp
