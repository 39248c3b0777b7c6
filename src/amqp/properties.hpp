#pragma once

#include <string>
#include <string_view>

#include "amqp/byte_buffer.hpp"
#include "amqp/decode_error.hpp"
#include "amqp/table_codec.hpp"
#include "hiratake/amqp/properties.hpp"

namespace hiratake::amqp {

/// Decodes flags and properties that fill the whole input, as ContentAssembler hands them out.
DecodeError decode_properties(std::string_view encoded, Properties& properties);

/// The same, but leaves the headers encoded, which costs no allocation: for a TableView, or to be written again. The
/// inside of their table has not been checked.
DecodeError scan_properties(std::string_view encoded, Properties& properties);

/// Appends flags and properties.
/// @throws EncodeError for a property over 255 bytes or headers nested too deep; nothing is appended then
void encode_properties(ByteBuffer& out, const Properties& properties, Letters letters = Letters::portable);

}  // namespace hiratake::amqp
