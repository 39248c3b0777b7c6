#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "broker/core/fault.hpp"
#include "broker/core/queue_settings.hpp"
#include "hiratake/amqp/table.hpp"

namespace hiratake::broker::core {

/// Reads the arguments of queue.declare into the settings, whose flags and arguments are there already. Fails, in
/// RabbitMQ's words, for a value that cannot be used. Arguments that nobody knows are kept and mean nothing.
/// @param subject the queue as errors call it: described("queue", name, vhost)
MaybeFault read_queue_arguments(QueueSettings& settings, std::string_view subject);

/// The alternate exchange that exchange.declare's arguments name, if any; fails when it is no text.
Outcome<std::optional<std::string>> read_alternate_exchange(const amqp::Table& arguments, std::string_view subject);

/// The consumer's priority in basic.consume's arguments; fails when it is no integer.
Outcome<std::int64_t> read_consumer_priority(const amqp::Table& arguments, std::string_view subject);

/// Fails when one of the named arguments differs between what is there and what is declared anew: that a queue or an
/// exchange is as its declarer thinks is what redeclaring promises.
MaybeFault check_equivalent_arguments(const amqp::Table& current, const amqp::Table& received,
                                      std::span<const std::string_view> names, std::string_view subject);
/// The same for a flag.
MaybeFault check_equivalent_flag(bool current, bool received, std::string_view flag, std::string_view subject);

/// The arguments of queues, and those of exchanges, that redeclaring compares.
std::span<const std::string_view> known_queue_arguments();
std::span<const std::string_view> known_exchange_arguments();

}  // namespace hiratake::broker::core
