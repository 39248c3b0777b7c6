#pragma once

#include <cstdint>
#include <string_view>

#include "amqp/big_endian.hpp"
#include "amqp/byte_buffer.hpp"

namespace hiratake::amqp {

/// The longest AMQP short string: names, routing keys, tags, the keys of tables.
inline constexpr std::size_t max_short_string = 255;

/// Appends encoded values to a buffer that it does not own.
class WireWriter {
  public:
    explicit WireWriter(ByteBuffer& out) : out_(out) {}

    void octet(std::uint8_t value) { number(value); }
    void short_integer(std::uint16_t value) { number(value); }
    void long_integer(std::uint32_t value) { number(value); }
    void long_long_integer(std::uint64_t value) { number(value); }

    /// @param field what the text is, for the error
    /// @throws EncodeError when it is longer than max_short_string bytes
    void short_string(std::string_view field, std::string_view value) {
        if (value.size() > max_short_string) refuse(field, value);
        append_short_string(value);
    }
    /// A text for people: cut to max_short_string bytes, at the start of a UTF-8 character, where it is longer.
    void cut_short_string(std::string_view value);
    /// @throws EncodeError when it is 4 GiB or longer
    void long_string(std::string_view value);

    /// Leaves room for a 32-bit length; hand the result to close_length() behind the last byte that it counts.
    std::size_t open_length();
    /// @throws EncodeError when 4 GiB or more were written
    void close_length(std::size_t opened);

  private:
    /// Of at most max_short_string bytes.
    void append_short_string(std::string_view value) {
        char* to = out_.grow(1 + value.size());
        *to = static_cast<char>(value.size());
        value.copy(to + 1, value.size());
    }
    [[noreturn]] static void refuse(std::string_view field, std::string_view value);
    template <class Number>
    void number(Number value) {
        store_big_endian(out_.grow(sizeof(Number)), value);
    }

    ByteBuffer& out_;
};

}  // namespace hiratake::amqp
