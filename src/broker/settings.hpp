#pragma once

#include "broker/core/broker.hpp"
#include "hiratake/broker/broker_options.hpp"
#include "net/listener.hpp"

namespace hiratake::broker {

/// The options in the words of the core. Throws ConfigurationError for a permission that is no regular expression
/// or names an unknown vhost, and for a heartbeat that AMQP has no room for.
core::BrokerSettings core_settings(const BrokerOptions& options);
/// Throws ConfigurationError for a certificate without a key, or the other way round.
net::ListenOptions listen_options(const BrokerListener& listener);

}  // namespace hiratake::broker
