#pragma once

#include <string>
#include <vector>

#include "hiratake/amqp/table.hpp"
#include "hiratake/base/log.hpp"
#include "hiratake/payload/value.hpp"

namespace hiratake::wire {

/// What travels with each call and event besides its arguments, in the headers of the message: the ids of the calls
/// that led here, the oldest first, and the context data.
struct Context {
    std::vector<std::string> call_id_stack;
    Object data;
};

/// The headers of a message that a service sends: each key with "nameko." before it. A key whose value is null is left
/// out, with a warning, as Nameko does; nulls further down are sent. An empty stack gives no header.
amqp::Table encode_context(const Context& context, const Logger& logger);

/// What came with a message. All headers are taken: a leading "nameko." is cut off, and others keep their names.
/// A stack that is a text instead of an array counts as one id (Nameko takes its letters apart).
Context decode_context(const amqp::Table& headers);

/// "<service>.<method>.<uuid>"
std::string make_call_id(std::string_view service, std::string_view method, std::string_view uuid);

/// The stack of a new worker: the caller's with the worker's own id on top, of which the last parent_calls_tracked + 1
/// are kept.
std::vector<std::string> extend_call_id_stack(std::vector<std::string> callers, std::string call_id,
                                              std::size_t parent_calls_tracked);

/// How many callers a stack remembers, unless `parent_calls_tracked` is configured.
inline constexpr std::size_t default_parent_calls_tracked = 10;

}  // namespace hiratake::wire
