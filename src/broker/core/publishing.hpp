#pragma once

#include "amqp/content_assembler.hpp"
#include "amqp/methods.hpp"
#include "broker/core/fault.hpp"
#include "broker/core/publish_properties.hpp"
#include "broker/core/transaction.hpp"

namespace hiratake::broker::core {

class Channel;
class Exchange;

/// What happens to a message that a client publishes.
class Publishing {
  public:
    explicit Publishing(Channel& channel) : channel_(channel) {}

    /// A publish whose content is complete: checked, confirmed, and routed now or at the commit.
    MaybeFault publish(const amqp::BasicPublish& method, const amqp::Content& content);
    /// Into the queues that it reaches, or back to the publisher. Returns false when a queue refused it.
    /// @param exchange none: it has been deleted meanwhile
    bool route(const Publication& publication, Exchange* exchange);

  private:
    MaybeFault check(const amqp::BasicPublish& method, const Exchange& exchange, PublishProperties& properties);
    Publication prepare(const amqp::BasicPublish& method, const amqp::Content& content, PublishProperties& properties);

    Channel& channel_;
};

}  // namespace hiratake::broker::core
