#pragma once

#include <string>
#include <string_view>

#include "amqp/methods.hpp"
#include "broker/core/fault.hpp"

namespace hiratake::broker::core {

class Channel;
class Queue;
struct QueueSettings;

/// What the methods of class queue do.
class QueueMethods {
  public:
    explicit QueueMethods(Channel& channel) : channel_(channel) {}

    MaybeFault on(const amqp::QueueDeclare& method);
    MaybeFault on(const amqp::QueueBind& method);
    MaybeFault on(const amqp::QueueUnbind& method);
    MaybeFault on(const amqp::QueuePurge& method);
    MaybeFault on(const amqp::QueueDelete& method);

  private:
    Outcome<Queue*> declare(const amqp::QueueDeclare& method);
    Outcome<Queue*> declare_passively(std::string_view name);
    Outcome<Queue*> declare_new(std::string name, QueueSettings settings);
    MaybeFault check_equivalent(Queue& queue, const amqp::QueueDeclare& method) const;
    MaybeFault declare_reply_name(const amqp::QueueDeclare& method);
    /// Resolves the names of bind and unbind and checks the access to both ends.
    MaybeFault check_ends(const std::string& queue, const std::string& exchange);

    Channel& channel_;
};

/// The queue is another connection's, or is declared anew with another `exclusive`.
Fault exclusively_locked(const Queue& queue);

}  // namespace hiratake::broker::core
