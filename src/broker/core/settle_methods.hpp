#pragma once

#include <cstdint>
#include <span>

#include "amqp/methods.hpp"
#include "broker/core/fault.hpp"
#include "broker/core/transaction.hpp"

namespace hiratake::broker::core {

class Channel;

/// What the methods that settle deliveries do.
class SettleMethods {
  public:
    explicit SettleMethods(Channel& channel) : channel_(channel) {}

    MaybeFault on(const amqp::BasicAck& method);
    MaybeFault on(const amqp::BasicNack& method);
    MaybeFault on(const amqp::BasicReject& method);
    MaybeFault on(const amqp::BasicRecover& method);
    MaybeFault on(const amqp::BasicRecoverAsync& method);

  private:
    MaybeFault settle(Settlement settlement, std::uint64_t tag, bool multiple);
    /// Now, or at the commit.
    void settle(Settlement settlement, std::span<Delivery> deliveries);

    Channel& channel_;
};

}  // namespace hiratake::broker::core
