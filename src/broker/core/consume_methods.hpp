#pragma once

#include <string>

#include "amqp/methods.hpp"
#include "broker/core/fault.hpp"

namespace hiratake::broker::core {

class Channel;

/// What the methods that ask for messages do.
class ConsumeMethods {
  public:
    explicit ConsumeMethods(Channel& channel) : channel_(channel) {}

    MaybeFault on(const amqp::BasicQos& method);
    MaybeFault on(const amqp::BasicConsume& method);
    MaybeFault on(const amqp::BasicCancel& method);
    MaybeFault on(const amqp::BasicGet& method);

  private:
    MaybeFault consume_replies(const amqp::BasicConsume& method);
    MaybeFault consume_queue(const amqp::BasicConsume& method, std::string tag);
    void confirm_consume(const amqp::BasicConsume& method, const std::string& tag);
    std::string tag_for(const amqp::BasicConsume& method) const;

    Channel& channel_;
};

}  // namespace hiratake::broker::core
