#pragma once

#include <fmt/format.h>

#include <string>

#include "amqp/channel_methods.hpp"
#include "amqp/reply_code.hpp"
#include "client/core/failure.hpp"

namespace hiratake::client::core {

/// "404 NOT_FOUND - no queue 'x' in vhost '/'"
inline std::string reason_text(const amqp::ChannelClose& close) {
    return fmt::format("{} {}", close.reply_code, close.reply_text);
}

/// What it means for `purpose` ("declare queue 'x'") that the broker closed the channel over it.
inline Failure channel_failure(const amqp::ChannelClose& close, std::string_view purpose) {
    const bool refused = close.reply_code == amqp::number(amqp::ReplyCode::access_refused);
    return {refused ? FailureKind::access : FailureKind::topology,
            fmt::format("the broker refused to {} ({})", purpose, reason_text(close))};
}

/// The peer broke the rules of the protocol.
inline Failure protocol_failure(std::string text) {
    return {FailureKind::protocol, std::move(text)};
}

}  // namespace hiratake::client::core
