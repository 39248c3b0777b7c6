#pragma once

#include <string_view>

#include "amqp/methods.hpp"
#include "broker/core/fault.hpp"

namespace hiratake::broker::core {

class Channel;
class Exchange;
struct ExchangeSettings;
class Vhost;

/// What the methods of class exchange do.
class ExchangeMethods {
  public:
    explicit ExchangeMethods(Channel& channel) : channel_(channel) {}

    MaybeFault on(const amqp::ExchangeDeclare& method);
    MaybeFault on(const amqp::ExchangeDelete& method);
    MaybeFault on(const amqp::ExchangeBind& method);
    MaybeFault on(const amqp::ExchangeUnbind& method);

  private:
    MaybeFault declare(const amqp::ExchangeDeclare& method);
    MaybeFault declare_new(std::string_view name, ExchangeSettings settings, const amqp::Table& arguments);
    MaybeFault check_ends(std::string_view source, std::string_view destination);

    Channel& channel_;
};

/// Fails for the default exchange, which nobody may declare, delete or bind.
MaybeFault check_not_default(std::string_view exchange);
/// The exchange, unless it is missing.
Outcome<Exchange*> find_exchange(const Vhost& vhost, std::string_view name);
/// Fails for arguments that the exchange cannot bind with.
MaybeFault check_binding_arguments(const Exchange& exchange, const amqp::Table& arguments);

}  // namespace hiratake::broker::core
