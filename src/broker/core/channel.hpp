#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "amqp/content_assembler.hpp"
#include "amqp/frame.hpp"
#include "amqp/methods.hpp"
#include "amqp/owned_method.hpp"
#include "broker/core/consumer.hpp"
#include "broker/core/fault.hpp"
#include "broker/core/publisher_confirms.hpp"
#include "broker/core/session.hpp"
#include "broker/core/string_map.hpp"
#include "broker/core/transaction.hpp"
#include "broker/core/unacknowledged_deliveries.hpp"

namespace hiratake::broker::core {

struct Environment;

/// One channel of a session: who consumes on it, what its client holds, and in which mode it publishes. What the
/// methods do with these is in ExchangeMethods, QueueMethods, ConsumeMethods, SettleMethods, ModeMethods and
/// Publishing.
class Channel {
  public:
    Channel(Session& session, std::uint16_t number);
    ~Channel();
    Channel(const Channel&) = delete;
    Channel& operator=(const Channel&) = delete;

    Session& session() const { return session_; }
    Vhost& vhost() const { return session_.vhost(); }
    Environment& environment() const;
    std::uint16_t number() const { return number_; }

    /// Handles the channel's next frame. What it returns ends the channel or the connection.
    MaybeFault handle(const amqp::Frame& frame);
    /// The method that handle() was at, for the close's class and method.
    amqp::MethodId current_method() const { return current_method_; }
    /// A publish has come; its content is to follow.
    void expect_content(const amqp::BasicPublish& method);

    template <class Method>
    void send(const Method& method) {
        session_.send(number_, method);
    }
    template <class Method>
    void send_content(const Method& method, const Message& message) {
        session_.send_content(number_, method, message.encoded_properties(), message.body());
    }

    /// The name, or that of the queue declared last when it is empty. Fails when there is none.
    Outcome<std::string> resolve_queue_name(std::string_view name) const;
    void remember_queue(std::string_view name) { last_queue_ = name; }
    void forget_queue(std::string_view name);
    /// The queue, unless it is missing or belongs to another connection.
    Outcome<Queue*> find_queue(std::string_view name) const;
    /// Fails when the queue belongs to another connection.
    MaybeFault check_exclusive_access(const Queue& queue) const;

    // Consumers and their credit.

    const StringMap<ConsumerPointer>& consumers() const { return consumers_; }
    void add_consumer(Queue& queue, ConsumerSettings settings);
    /// Nothing happens when the tag is unknown.
    void cancel_consumer(std::string_view tag);
    /// The consumer's queue is gone; the client is told, if it understands.
    void on_queue_deleted(const Consumer& consumer);
    /// Whether the channel's own limits let a delivery through to a consumer that acknowledges.
    bool has_credit() const { return global_prefetch_ == 0 || consumers_unacknowledged_ < global_prefetch_; }
    void set_prefetch(std::uint32_t count) { prefetch_ = count; }
    void set_global_prefetch(std::uint32_t count);
    std::uint32_t prefetch() const { return prefetch_; }

    // Deliveries.

    void deliver(Consumer& consumer, QueueEntry entry);
    /// Answers basic.get.
    void deliver_fetched(Queue& queue, QueueEntry entry, bool no_ack);
    UnacknowledgedDeliveries& unacknowledged() { return unacknowledged_; }
    /// What was taken out of unacknowledged().
    void settle(Settlement settlement, std::span<Delivery> deliveries);
    void requeue_all();

    // Direct reply-to.

    bool has_reply_consumer() const { return !reply_token_.empty(); }
    void set_reply_consumer(std::string tag);
    const std::string& reply_token() const { return reply_token_; }
    /// Returns false when the client does not keep up with its replies.
    bool deliver_reply(const Message& message);

    // How it publishes.

    std::optional<PublisherConfirms> confirms;
    std::optional<Transaction> transaction;
    void flush_confirms();

    /// Gives everything back: unacknowledged messages in order, then consumers.
    void release();

  private:
    MaybeFault handle_method(std::string_view payload);
    MaybeFault handle_content(const amqp::Frame& frame);
    MaybeFault content_fault() const;
    void remove_consumer(StringMap<ConsumerPointer>::iterator entry);
    void settle_credit(const Delivery& delivery);

    Session& session_;
    const std::uint16_t number_;
    amqp::MethodId current_method_;
    amqp::ContentAssembler assembler_;
    amqp::OwnedMethod<amqp::BasicPublish> publish_;

    std::string last_queue_;
    StringMap<ConsumerPointer> consumers_;
    UnacknowledgedDeliveries unacknowledged_;
    std::uint64_t last_delivery_tag_ = 0;
    std::uint32_t prefetch_ = 0;
    std::uint32_t global_prefetch_ = 0;
    /// Deliveries of consumers alone: what basic.get fetched counts towards no limit.
    std::uint32_t consumers_unacknowledged_ = 0;
    std::string reply_tag_;
    std::string reply_token_;
};

}  // namespace hiratake::broker::core
