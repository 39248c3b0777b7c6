#pragma once

#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "broker/core/binding_index.hpp"
#include "broker/core/exchange_type.hpp"
#include "broker/core/routing_target.hpp"
#include "hiratake/amqp/table.hpp"

namespace hiratake::broker::core {

/// What exchange.declare asked for.
struct ExchangeSettings {
    ExchangeType type = ExchangeType::direct;
    bool durable = false;
    bool auto_delete = false;
    /// Takes messages from other exchanges only.
    bool internal = false;
    amqp::Table arguments;
    /// Where messages go that match no binding.
    std::optional<std::string> alternate_exchange;
};

/// Where messages are published to, and the bindings that lead on from there.
class Exchange final : public RoutingTarget {
  public:
    Exchange(std::string name, ExchangeSettings settings)
        : RoutingTarget(Kind::exchange, std::move(name)),
          settings_(std::move(settings)),
          bindings_(make_binding_index(settings_.type)) {}

    const ExchangeSettings& settings() const { return settings_; }
    BindingIndex& bindings() { return *bindings_; }
    const BindingIndex& bindings() const { return *bindings_; }
    bool is_default() const { return name().empty(); }

  private:
    ExchangeSettings settings_;
    std::unique_ptr<BindingIndex> bindings_;
};

}  // namespace hiratake::broker::core
