#pragma once

#include <string>
#include <string_view>

#include "broker/core/string_map.hpp"
#include "hiratake/base/random.hpp"

namespace hiratake::broker::core {

class Channel;
class Message;

/// Replies without a queue (RabbitMQ's direct reply-to): a requester consumes from the pseudo-queue and names it as
/// reply_to; the broker puts a token behind the name, under which replies find the requester's channel.
class DirectReplyTo {
  public:
    static constexpr std::string_view pseudo_queue = "amq.rabbitmq.reply-to";

    explicit DirectReplyTo(Random& random) : random_(random) {}

    /// Whether the name is the pseudo-queue's or that of a requester.
    static bool is_reply_name(std::string_view name);
    /// The name that replies to the token's channel are published to.
    static std::string name_of(std::string_view token);

    /// Returns the channel's token.
    std::string add(Channel& channel);
    void remove(std::string_view token);
    /// Whether a requester of that name is there.
    bool knows(std::string_view name) const { return find(name) != nullptr; }
    /// Whether the message's routing key names a requester that took it.
    bool deliver(const Message& message) const;

  private:
    Channel* find(std::string_view name) const;

    Random& random_;
    StringMap<Channel*> channels_;
};

}  // namespace hiratake::broker::core
