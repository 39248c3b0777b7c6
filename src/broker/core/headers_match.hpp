#pragma once

#include <optional>
#include <string>
#include <vector>

#include "broker/core/fault.hpp"
#include "hiratake/amqp/table.hpp"

namespace hiratake::broker::core {

/// What a binding of a headers exchange asks of a message's headers.
class HeadersMatch {
  public:
    /// The meaning of a binding's arguments. Fails for an unknown `x-match`.
    static Outcome<HeadersMatch> parse(const amqp::Table& arguments);

    bool matches(const amqp::Table& headers) const;

  private:
    bool any_ = false;
    std::vector<amqp::Field> wanted_;
};

/// Whether two values are the same to RabbitMQ: integers whatever their width, numbers apart from texts.
bool same_value(const amqp::FieldValue& left, const amqp::FieldValue& right);

}  // namespace hiratake::broker::core
