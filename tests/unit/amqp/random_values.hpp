#pragma once

#include <cstdint>
#include <deque>
#include <optional>
#include <random>
#include <string>
#include <string_view>

#include "hiratake/amqp/table.hpp"

namespace hiratake::amqp {

/// Fills methods and properties with values of all sizes, from a seed. It owns what their strings view.
class RandomValues {
  public:
    explicit RandomValues(std::uint32_t seed) : engine_(seed) {}

    std::uint64_t number() { return engine_() >> (engine_() % 64); }
    std::uint64_t below(std::uint64_t bound) { return engine_() % bound; }
    std::string text(std::size_t longest);
    FieldValue value(int depth);
    Table table(int depth = 0);

    // The visitor of a method's field list.
    void octet(std::string_view, std::uint8_t& value) { value = static_cast<std::uint8_t>(number()); }
    void short_integer(std::string_view, std::uint16_t& value) { value = static_cast<std::uint16_t>(number()); }
    void long_integer(std::string_view, std::uint32_t& value) { value = static_cast<std::uint32_t>(number()); }
    void long_long_integer(std::string_view, std::uint64_t& value) { value = number(); }
    void short_string(std::string_view, std::string_view& value) { value = kept(255); }
    void reply_text(std::string_view, std::string_view& value) { value = kept(255); }
    void long_string(std::string_view, std::string_view& value) { value = kept(1000); }
    void secret(std::string_view, std::string_view& value) { value = kept(1000); }
    void table(std::string_view, Table& value) { value = table(); }
    void bit(std::string_view, bool& value) { value = below(2) == 1; }
    void reserved_short_integer() {}
    void reserved_short_string() {}
    void reserved_long_string() {}
    void reserved_bit() {}

    // The visitor of the properties.
    void octet(std::string_view, std::optional<std::uint8_t>& value) {
        if (below(2) == 1) value = static_cast<std::uint8_t>(number());
    }
    void short_string(std::string_view, std::optional<std::string_view>& value) {
        if (below(2) == 1) value = kept(255);
    }
    void timestamp(std::string_view, std::optional<Timestamp>& value) {
        if (below(2) == 1) value = Timestamp{number()};
    }
    void table(std::string_view, std::optional<Table>& value, std::string_view) {
        if (below(2) == 1) value = table();
    }

  private:
    std::string_view kept(std::size_t longest) { return texts_.emplace_back(text(longest)); }

    std::mt19937_64 engine_;
    std::deque<std::string> texts_;
};

}  // namespace hiratake::amqp
