#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "hiratake/payload/value.hpp"

namespace hiratake {

/// What came with a message beside its body: a method that consumes a queue may take it as its second parameter.
/// (AMQP 0-9-1 basic.deliver, and the properties of class basic.)
struct MessageInfo {
    /// Where it was published at first, also at a later attempt.
    std::string exchange;
    std::string routing_key;
    /// 1, or more where it comes again under retry().
    std::uint32_t attempt;
    /// It was delivered before, to whomever, and not acknowledged.
    bool redelivered;
    /// All of them, those of the context data among them.
    Object headers;
    std::optional<std::string> content_type;
    std::optional<std::string> correlation_id;
    std::optional<std::string> reply_to;
    std::optional<std::string> message_id;
    std::optional<std::string> type;
    std::optional<std::string> user_id;
    std::optional<std::string> app_id;
    std::optional<int> priority;
    /// Seconds since 1970-01-01 UTC.
    std::optional<std::uint64_t> timestamp_s;
};

}  // namespace hiratake
