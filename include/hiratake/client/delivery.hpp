#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "hiratake/client/message_properties.hpp"

namespace hiratake::client {
namespace core {
struct IncomingDelivery;
}

/// A message from a queue, and the duty to settle it: acknowledge or reject it, once, from any thread. Dropped
/// unsettled, it goes back to its queue. When its connection is lost the broker puts it back by itself, and settling
/// does nothing. May outlive its Connection.
class Delivery {
  public:
    /// Nothing: only to be assigned to.
    Delivery();
    Delivery(Delivery&& other) noexcept;
    Delivery& operator=(Delivery&& other) noexcept;
    /// Requeues what has not been settled.
    ~Delivery();

    /// Valid as long as the delivery, wherever it is moved to.
    std::string_view body() const;
    std::string_view exchange() const;
    std::string_view routing_key() const;
    /// Decodes the properties, at each call. Their texts are views, valid as long as the delivery.
    /// Throws ConnectionError when the sender has written what is no AMQP.
    MessageProperties properties() const;
    /// The same, but the headers stay encoded (MessageProperties::encoded_headers), and what is inside of them is not
    /// looked at: no memory is allocated.
    MessageProperties scan_properties() const;
    /// Whether it was delivered before, to whomever, and not acknowledged.
    bool redelivered() const;
    std::string_view consumer_tag() const;

    /// The broker may forget the message. (AMQP 0-9-1 basic.ack)
    void ack();
    /// The broker puts it back into its queue, or drops it (or dead-letters it, where the queue says so).
    /// (basic.reject)
    void reject(bool requeue);
    /// Whether it has been acknowledged or rejected, or came without the need for it.
    bool is_settled() const;

    /// For Connection.
    explicit Delivery(std::unique_ptr<core::IncomingDelivery> incoming);

  private:
    std::unique_ptr<core::IncomingDelivery> incoming_;
};

}  // namespace hiratake::client
