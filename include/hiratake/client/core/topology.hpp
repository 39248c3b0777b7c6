#pragma once

#include <string>

#include "hiratake/amqp/topology.hpp"

namespace hiratake::client {

using amqp::Binding;
using amqp::Declaration;
using amqp::Exchange;
using amqp::ExchangeBinding;
using amqp::Queue;
using amqp::Topology;

/// For logs and errors: "queue 'rpc-mail'", "binding of queue 'rpc-mail' to exchange 'nameko-rpc' by 'mail.*'".
std::string to_string(const Declaration& declaration);

}  // namespace hiratake::client
