#pragma once

#include <fmt/format.h>

#include <cstdint>
#include <string>
#include <string_view>

#include "hiratake/amqp/table.hpp"

namespace hiratake::amqp {

/// One line: {name: 'text', count: 5, list: [true, null]}.
std::string to_text(const Table& table);
std::string to_text(const FieldValue& value);
/// Control characters as \xNN, quotes and backslashes behind a backslash: one line whatever the text holds.
std::string escaped(std::string_view text);
/// Escaped and between quotes.
std::string quoted(std::string_view text);

/// The visitor of a method's field list that writes `name=value` pairs. What could be a password becomes **.
class MethodPrinter {
  public:
    explicit MethodPrinter(std::string& out) : out_(out) {}

    void octet(std::string_view name, std::uint8_t value) { plain(name, value); }
    void short_integer(std::string_view name, std::uint16_t value) { plain(name, value); }
    void long_integer(std::string_view name, std::uint32_t value) { plain(name, value); }
    void long_long_integer(std::string_view name, std::uint64_t value) { plain(name, value); }
    void short_string(std::string_view name, std::string_view value) { plain(name, quoted(value)); }
    void reply_text(std::string_view name, std::string_view value) { plain(name, quoted(value)); }
    void long_string(std::string_view name, std::string_view value) { plain(name, quoted(value)); }
    void secret(std::string_view name, std::string_view) { plain(name, "**"); }
    void table(std::string_view name, const Table& value) { plain(name, to_text(value)); }
    void bit(std::string_view name, bool value) { plain(name, value); }
    void reserved_short_integer() {}
    void reserved_short_string() {}
    void reserved_long_string() {}
    void reserved_bit() {}

  private:
    template <class Value>
    void plain(std::string_view name, const Value& value) {
        fmt::format_to(std::back_inserter(out_), " {}={}", name, value);
    }

    std::string& out_;
};

}  // namespace hiratake::amqp
