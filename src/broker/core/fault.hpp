#pragma once

#include <boost/system/result.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "amqp/reply_code.hpp"

namespace hiratake::broker::core {

/// Why a client's request is refused: what channel.close or connection.close will say. The code decides which of the
/// two.
struct Fault {
    amqp::ReplyCode code;
    /// Without the code's name, which reply_text() puts before it.
    std::string explanation;
    /// Whether the close names the method that was under way; errors of framing have none.
    bool names_method = true;
};

/// Empty when all went well.
using MaybeFault = std::optional<Fault>;

/// A value or the reason why there is none.
template <class Value>
using Outcome = boost::system::result<Value, Fault>;

/// Required by Outcome; outcomes are always asked before they are opened.
[[noreturn]] void throw_exception_from_error(const Fault& fault, const boost::source_location& location);

/// "NOT_FOUND - no queue 'Q' in vhost '/'". INTERNAL_ERROR stands alone.
std::string reply_text(const Fault& fault);

/// "queue 'Q' in vhost '/'", "exchange 'X' in vhost '/'".
std::string described(std::string_view kind, std::string_view name, std::string_view vhost);

inline Fault access_refused(std::string explanation) {
    return {amqp::ReplyCode::access_refused, std::move(explanation)};
}
inline Fault not_found(std::string explanation) {
    return {amqp::ReplyCode::not_found, std::move(explanation)};
}
inline Fault resource_locked(std::string explanation) {
    return {amqp::ReplyCode::resource_locked, std::move(explanation)};
}
inline Fault precondition_failed(std::string explanation) {
    return {amqp::ReplyCode::precondition_failed, std::move(explanation)};
}
inline Fault command_invalid(std::string explanation) {
    return {amqp::ReplyCode::command_invalid, std::move(explanation)};
}
inline Fault channel_error(std::string explanation) {
    return {amqp::ReplyCode::channel_error, std::move(explanation)};
}
inline Fault unexpected_frame(std::string explanation) {
    return {amqp::ReplyCode::unexpected_frame, std::move(explanation)};
}
inline Fault not_allowed(std::string explanation) {
    return {amqp::ReplyCode::not_allowed, std::move(explanation)};
}
inline Fault not_implemented(std::string explanation) {
    return {amqp::ReplyCode::not_implemented, std::move(explanation)};
}
/// As RabbitMQ reports what crashes it: no explanation, no method.
inline Fault internal_error() {
    return {amqp::ReplyCode::internal_error, {}, false};
}

}  // namespace hiratake::broker::core
