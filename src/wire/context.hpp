#pragma once

#include "amqp/table_view.hpp"
#include "amqp/table_writer.hpp"
#include "hiratake/base/call_id_stack.hpp"
#include "hiratake/base/log.hpp"
#include "hiratake/payload/value.hpp"

namespace hiratake::wire {

/// What travels with each call and event besides its arguments, in the headers of the message: the ids of the calls
/// that led here, the oldest first, and the context data.
struct Context {
    CallIdStack call_id_stack;
    Object data;
};

/// Appends it to the headers of a message that a service sends: each key with "nameko." before it. A key whose value is
/// null is left out, with a warning, as Nameko does; nulls further down are sent. An empty stack gives no header.
void write_context(amqp::TableWriter& headers, const Context& context, const Logger& logger);
/// The headers of a message that has no others, encoded.
amqp::ByteBuffer encode_context(const Context& context, const Logger& logger);

/// What came with a message. All headers are taken but those that tell of its delivery (is_delivery_header): a leading
/// "nameko." is cut off, and others keep their names.
/// A stack that is a text instead of an array counts as one id (Nameko takes its letters apart).
/// Throws ContentError for headers that are no table.
Context read_context(amqp::TableView headers);

}  // namespace hiratake::wire
