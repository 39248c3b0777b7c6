#pragma once

#include "amqp/methods.hpp"
#include "broker/core/fault.hpp"

namespace hiratake::broker::core {

class Channel;

/// What the methods do that choose how the channel works: transactions, confirms, flow.
class ModeMethods {
  public:
    explicit ModeMethods(Channel& channel) : channel_(channel) {}

    MaybeFault on(const amqp::ConfirmSelect& method);
    MaybeFault on(const amqp::TxSelect& method);
    MaybeFault on(const amqp::TxCommit& method);
    MaybeFault on(const amqp::TxRollback& method);
    MaybeFault on(const amqp::ChannelFlow& method);

  private:
    Channel& channel_;
};

}  // namespace hiratake::broker::core
