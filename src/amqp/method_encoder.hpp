#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "amqp/byte_buffer.hpp"
#include "amqp/table_codec.hpp"
#include "amqp/wire_writer.hpp"

namespace hiratake::amqp {

/// The visitor of a method's field list that appends the arguments to a buffer. Bits that follow each other share an
/// octet, the first in its lowest bit (AMQP 0-9-1 section 4.2.5.2).
class MethodEncoder {
  public:
    explicit MethodEncoder(ByteBuffer& out) : out_(out), writer_(out) {}

    void octet(std::string_view, std::uint8_t value) { plain().octet(value); }
    void short_integer(std::string_view, std::uint16_t value) { plain().short_integer(value); }
    void long_integer(std::string_view, std::uint32_t value) { plain().long_integer(value); }
    void long_long_integer(std::string_view, std::uint64_t value) { plain().long_long_integer(value); }
    void short_string(std::string_view name, std::string_view value) { plain().short_string(name, value); }
    void reply_text(std::string_view, std::string_view value) { plain().cut_short_string(value); }
    void long_string(std::string_view, std::string_view value) { plain().long_string(value); }
    void secret(std::string_view, std::string_view value) { plain().long_string(value); }
    void table(std::string_view, const Table& value) {
        plain();
        write_table(out_, value);
    }
    void bit(std::string_view, bool value) {
        if (bits_used_ == 0) out_.push_back('\0');
        if (value) out_.back() = static_cast<char>(static_cast<unsigned char>(out_.back()) | (1U << bits_used_));
        bits_used_ = (bits_used_ + 1) % 8;
    }

    void reserved_short_integer() { plain().short_integer(0); }
    void reserved_short_string() { plain().octet(0); }
    void reserved_long_string() { plain().long_integer(0); }
    void reserved_bit() { bit({}, false); }

  private:
    WireWriter& plain() {
        bits_used_ = 0;
        return writer_;
    }

    ByteBuffer& out_;
    WireWriter writer_;
    unsigned bits_used_ = 0;
};

/// Appends a method's id and arguments: the payload of a method frame.
/// @throws EncodeError for a name over 255 bytes or a table nested too deep; the buffer then ends in half a method
template <class Method>
void encode_method(ByteBuffer& out, const Method& method) {
    WireWriter writer{out};
    writer.short_integer(Method::id.class_id);
    writer.short_integer(Method::id.method_id);
    MethodEncoder encoder{out};
    Method::describe(method, encoder);
}

}  // namespace hiratake::amqp
