#pragma once

#include <string>
#include <string_view>

#include "hiratake/base/unique_function.hpp"

namespace hiratake::client {

enum class PublishStatus {
    confirmed,        ///< The broker has taken responsibility for the message.
    sent,             ///< Published without a confirm, and written to the connection: nothing more is known.
    returned,         ///< Mandatory, and no queue is bound for it: the broker gave it back (basic.return).
    rejected,         ///< The broker could not take it (basic.nack): a full queue, or an error inside the broker.
    timed_out,        ///< The deadline passed first. The message may or may not have reached a queue.
    connection_lost,  ///< Given up because the connection went away. The message may or may not have reached a queue.
    refused,          ///< The broker closed the channel because of this message: no such exchange, no permission.
    overloaded,       ///< Not sent: as many publishes are outstanding as the options allow.
};

/// "confirmed", "timed out" …, for logs.
std::string_view to_string(PublishStatus status);

/// What became of one publish.
struct PublishResult {
    PublishStatus status = PublishStatus::confirmed;
    /// The broker's or the client's reason; empty for `confirmed` and `sent`.
    std::string detail;

    /// Whether the message is where it was meant to go, as far as can be known.
    bool ok() const { return status == PublishStatus::confirmed || status == PublishStatus::sent; }
    friend bool operator==(const PublishResult&, const PublishResult&) = default;
};

/// Called exactly once for each publish, on the I/O thread (or, for what is given up then, on the one that closes the
/// connection): it must be short and must not wait.
using PublishHandler = UniqueFunction<void(const PublishResult& result)>;

}  // namespace hiratake::client
