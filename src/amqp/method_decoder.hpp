#pragma once

#include <cstdint>
#include <string_view>

#include "amqp/table_codec.hpp"
#include "amqp/wire_reader.hpp"

namespace hiratake::amqp {

/// The visitor of a method's field list that reads the arguments. Strings become views into the input.
class MethodDecoder {
  public:
    explicit MethodDecoder(std::string_view arguments) : reader_(arguments) {}

    void octet(std::string_view, std::uint8_t& value) { value = plain().octet(); }
    void short_integer(std::string_view, std::uint16_t& value) { value = plain().short_integer(); }
    void long_integer(std::string_view, std::uint32_t& value) { value = plain().long_integer(); }
    void long_long_integer(std::string_view, std::uint64_t& value) { value = plain().long_long_integer(); }
    void short_string(std::string_view, std::string_view& value) { value = plain().short_string(); }
    void reply_text(std::string_view, std::string_view& value) { value = plain().short_string(); }
    void long_string(std::string_view, std::string_view& value) { value = plain().long_string(); }
    void secret(std::string_view, std::string_view& value) { value = plain().long_string(); }
    void table(std::string_view, Table& value) { read_table(plain(), value); }
    void bit(std::string_view, bool& value) {
        if (bits_used_ == 0) bits_ = reader_.octet();
        value = (bits_ >> bits_used_ & 1U) != 0;
        bits_used_ = (bits_used_ + 1) % 8;
    }

    void reserved_short_integer() { plain().short_integer(); }
    void reserved_short_string() { plain().short_string(); }
    void reserved_long_string() { plain().long_string(); }
    void reserved_bit() {
        bool ignored = false;
        bit({}, ignored);
    }

    DecodeError finish() const { return reader_.finish(); }

  private:
    WireReader& plain() {
        bits_used_ = 0;
        return reader_;
    }

    WireReader reader_;
    unsigned bits_ = 0;
    unsigned bits_used_ = 0;
};

/// Decodes a method's arguments: the payload of its frame behind the id. They must fill the input.
template <class Method>
DecodeError decode_arguments(std::string_view arguments, Method& method) {
    MethodDecoder decoder{arguments};
    Method::describe(method, decoder);
    return decoder.finish();
}

}  // namespace hiratake::amqp
