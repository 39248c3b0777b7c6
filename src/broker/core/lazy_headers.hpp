#pragma once

#include <optional>
#include <string_view>
#include <utility>

#include "amqp/properties.hpp"
#include "hiratake/amqp/table.hpp"

namespace hiratake::broker::core {

/// A message's headers, decoded when somebody asks for them: most routing never does.
class LazyHeaders {
  public:
    /// @param properties encoded, and already known to be well-formed
    explicit LazyHeaders(std::string_view properties) : properties_(properties) {}

    const amqp::Table& table() {
        if (!table_) {
            amqp::Properties decoded;
            static_cast<void>(amqp::decode_properties(properties_, decoded));
            table_ = std::move(decoded.headers).value_or(amqp::Table{});
        }
        return *table_;
    }

  private:
    std::string_view properties_;
    std::optional<amqp::Table> table_;
};

}  // namespace hiratake::broker::core
