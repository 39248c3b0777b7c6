#pragma once

#include <cstddef>
#include <string_view>

#include "amqp/byte_buffer.hpp"
#include "amqp/table_codec.hpp"
#include "amqp/wire_writer.hpp"

namespace hiratake::amqp {

/// Writes a table field by field to where it is to be, without one in memory. Nobody else appends there until close().
/// What appends throws EncodeError as write_table() does.
class TableWriter {
  public:
    explicit TableWriter(ByteBuffer& out, Letters letters = Letters::portable)
        : out_(out), writer_(out), letters_(letters), opened_(writer_.open_length()) {}

    void append(std::string_view name, const FieldValue& value) { write_field(out_, name, value, letters_); }
    /// An array of texts.
    template <class Texts>
    void append_texts(std::string_view name, const Texts& texts) {
        writer_.short_string("the name of a table field", name);
        writer_.octet('A');
        const std::size_t opened = writer_.open_length();
        for (const std::string_view text : texts) {
            writer_.octet('S');
            writer_.long_string(text);
        }
        writer_.close_length(opened);
    }
    /// Writes the table's length.
    void close() { writer_.close_length(opened_); }

  private:
    ByteBuffer& out_;
    WireWriter writer_;
    Letters letters_;
    std::size_t opened_;
};

}  // namespace hiratake::amqp
