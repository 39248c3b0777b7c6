#pragma once

#include <cstdint>
#include <string_view>

#include "amqp/big_endian.hpp"
#include "amqp/decode_error.hpp"

namespace hiratake::amqp {

/// A cursor over encoded bytes. The first error sticks: every later read gives zero or nothing, so that a decoder reads
/// all its fields and asks once at the end. Strings are views into the input.
class WireReader {
  public:
    explicit WireReader(std::string_view input) : rest_(input) {}

    std::uint8_t octet() { return number<std::uint8_t>(); }
    std::uint16_t short_integer() { return number<std::uint16_t>(); }
    std::uint32_t long_integer() { return number<std::uint32_t>(); }
    std::uint64_t long_long_integer() { return number<std::uint64_t>(); }
    std::string_view short_string() { return bytes(octet()); }
    std::string_view long_string() { return bytes(long_integer()); }

    /// The next `size` bytes, or DecodeError::length_beyond_input and nothing.
    std::string_view bytes(std::size_t size) {
        if (size > rest_.size()) {
            fail(DecodeError::length_beyond_input);
            return {};
        }
        const std::string_view taken = rest_.substr(0, size);
        rest_.remove_prefix(size);
        return taken;
    }

    /// The bytes not read yet; none after an error.
    std::string_view rest() const { return rest_; }
    bool at_end() const { return rest_.empty(); }

    bool failed() const { return error_ != DecodeError::none; }
    DecodeError error() const { return error_; }
    /// Notes an error, unless one is there, and leaves nothing to read.
    void fail(DecodeError error) {
        if (!failed()) error_ = error;
        rest_ = {};
    }
    /// The outcome of a decoder that should have read everything.
    DecodeError finish() const { return failed() || at_end() ? error_ : DecodeError::leftover_bytes; }

  private:
    template <class Number>
    Number number() {
        if (rest_.size() < sizeof(Number)) {
            fail(DecodeError::truncated);
            return 0;
        }
        const Number value = load_big_endian<Number>(rest_.data());
        rest_.remove_prefix(sizeof(Number));
        return value;
    }

    std::string_view rest_;
    DecodeError error_ = DecodeError::none;
};

}  // namespace hiratake::amqp
