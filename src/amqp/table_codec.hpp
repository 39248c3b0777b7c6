#pragma once

#include <string>
#include <string_view>

#include "amqp/byte_buffer.hpp"
#include "amqp/wire_reader.hpp"
#include "amqp/wire_writer.hpp"
#include "hiratake/amqp/table.hpp"

namespace hiratake::amqp {

/// How deep tables and arrays may lie inside each other, both ways. The outermost table is level 1.
inline constexpr int max_nesting = 32;

/// Which letters an encoder writes.
enum class Letters {
    exact,     ///< each value as its own type, as RabbitMQ writes it: 64-bit integers as l
    portable,  ///< only those that every client reads alike, S t I L d D F A V T: for headers that people filled in
};

/// Reads a table with its length.
void read_table(WireReader& reader, Table& table);
/// Decodes a table with its length that fills the whole input.
DecodeError decode_table(std::string_view encoded, Table& table);
/// Decodes the fields of a table without its length, as in an AMQPLAIN response.
DecodeError decode_fields(std::string_view encoded, Table& table);
/// Decodes one value, its letter first, that fills the whole input.
DecodeError decode_value(std::string_view encoded, FieldValue& value);

/// Appends a table with its length.
/// @throws EncodeError for a name over 255 bytes or nesting beyond max_nesting
void write_table(ByteBuffer& out, const Table& table, Letters letters = Letters::exact);
/// Appends one field, its name first.
/// @throws EncodeError as write_table(); half a field is left then
void write_field(ByteBuffer& out, std::string_view name, const FieldValue& value, Letters letters = Letters::exact);
/// Appends the fields without the length, as in an AMQPLAIN response.
/// @throws EncodeError as write_table()
void write_fields(ByteBuffer& out, const Table& table, Letters letters = Letters::exact);

}  // namespace hiratake::amqp
