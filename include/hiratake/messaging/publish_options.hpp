#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>

#include "hiratake/payload/value.hpp"

namespace hiratake {

/// How one message is published (AMQP 0-9-1 basic.publish, and the properties of class basic). What is left out is not
/// sent.
struct PublishOptions {
    std::string routing_key = {};
    /// Beside those of the worker's context; of two with one name, this one is sent.
    Object headers = {};
    /// The message survives a restart of the broker, in a durable queue.
    bool persistent = true;
    /// Have it returned when no queue is bound for it: UndeliverableMessage.
    bool mandatory = false;
    std::uint8_t priority = 0;
    /// How long it may wait in a queue.
    std::optional<std::chrono::milliseconds> expiration = {};
    std::optional<std::string> correlation_id = {};
    std::optional<std::string> reply_to = {};
    std::optional<std::string> message_id = {};
    std::optional<std::string> type = {};
    std::optional<std::string> user_id = {};
    std::optional<std::string> app_id = {};
    /// Seconds since 1970-01-01 UTC.
    std::optional<std::uint64_t> timestamp_s = {};
    /// How long the broker may take to confirm it.
    std::chrono::milliseconds timeout{30'000};
};

}  // namespace hiratake
