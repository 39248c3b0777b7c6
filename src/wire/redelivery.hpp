#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "amqp/table_view.hpp"
#include "hiratake/amqp/table.hpp"
#include "hiratake/amqp/topology.hpp"
#include "hiratake/base/call_id_stack.hpp"
#include "hiratake/base/clock.hpp"

/// How a message whose handler failed comes again later, and where it goes in the end. The first follows
/// nameko-amqp-retry 0.7.1, so that instances of both kinds can share a queue; the second, and the headers that begin
/// with "hiratake.", are Hiratake's own.
///
/// The message waits, under a time to live, in a queue for its delay; its routing key is the name of the queue that it
/// came from, where the broker sends it as a dead letter, through the default exchange.
namespace hiratake::wire {

inline constexpr std::string_view own_header_prefix = "hiratake.";
inline constexpr std::string_view backoff_exchange_name = "backoff";

/// How much longer than its delay a waiting queue lives after it was last declared. What is in it then is lost, so it
/// has to be declared less than that before each publish.
inline constexpr std::chrono::milliseconds waiting_queue_grace{5'000};

amqp::Exchange backoff_exchange();
/// "backoff--5000ms"
std::string waiting_queue_name(std::chrono::milliseconds delay);
/// The exchange, the queue and the binding for one delay.
amqp::Topology waiting_topology(std::chrono::milliseconds delay);

/// "evt-payments-received--ledger.on_payment.parked": where messages end that are not tried any more.
std::string parked_queue_name(std::string_view queue);
amqp::Topology parked_topology(std::string_view queue);

/// What the headers of a message say of earlier attempts.
struct AttemptHistory {
    /// How often it has failed: as counted by Hiratake, or as the broker counted its returns from the exchange
    /// `backoff` (which a broker may forget: RabbitMQ 4 does, when a client publishes it), whichever is more.
    std::uint32_t failures = 0;
    /// Where it was published at first, if an earlier attempt has written it down.
    std::optional<std::string> exchange;
    std::optional<std::string> routing_key;
};
AttemptHistory attempt_history(const amqp::Table& headers);
/// The failures alone, which cost nothing where there were none.
std::uint32_t failures_in(amqp::TableView headers);

/// One failed attempt, as it is written into the headers.
struct FailedAttempt {
    /// How many have failed, this one included.
    std::uint32_t failures = 1;
    WallTime at;
    /// Where the message was delivered from, at this attempt.
    std::string_view exchange;
    std::string_view routing_key;
};
/// The headers of a message that is to wait.
/// @param call_id_stack that of the worker that failed: its own id, the last, gets ".backoff" appended
amqp::Table waiting_headers(amqp::Table headers, const FailedAttempt& attempt, std::chrono::milliseconds delay,
                            const CallIdStack& call_id_stack);

/// Why, and from where, a message is parked.
struct ParkingReason {
    /// Tells parked messages apart: a uuid.
    std::string_view id;
    std::string_view queue;
    /// "ledger.on_payment"
    std::string_view handler;
    std::string_view error_type;
    /// Cut after 2 KiB.
    std::string_view error_message;
    /// The paths in the body that nobody is to see.
    std::vector<std::string> sensitive = {};
};
/// The headers of a message that is to be parked.
amqp::Table parked_headers(amqp::Table headers, const FailedAttempt& attempt, const ParkingReason& reason);

/// The headers of a parked message that is to be tried as if for the first time.
amqp::Table replayed_headers(const amqp::Table& headers);

/// Headers that tell of a delivery, and not of the message: they are no context data.
bool is_delivery_header(std::string_view name);

/// The headers of Hiratake's own, for those who read them.
namespace header {
inline constexpr std::string_view id = "hiratake.id";
inline constexpr std::string_view attempts = "hiratake.attempts";
inline constexpr std::string_view first_failed_at = "hiratake.first_failed_at";
inline constexpr std::string_view last_failed_at = "hiratake.last_failed_at";
inline constexpr std::string_view exchange = "hiratake.exchange";
inline constexpr std::string_view routing_key = "hiratake.routing_key";
inline constexpr std::string_view queue = "hiratake.queue";
inline constexpr std::string_view handler = "hiratake.handler";
inline constexpr std::string_view error_type = "hiratake.error_type";
inline constexpr std::string_view error_message = "hiratake.error_message";
inline constexpr std::string_view sensitive = "hiratake.sensitive";
}  // namespace header

}  // namespace hiratake::wire
