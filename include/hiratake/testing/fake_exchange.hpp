#pragma once

#include <mutex>
#include <string>
#include <vector>

#include "hiratake/messaging/message_sender.hpp"

namespace hiratake {
class Publisher;
}

namespace hiratake::testing {

/// Stands for the broker that a Publisher publishes to: keeps the messages, and confirms them. Safe from any thread.
/// Must outlive its publishers.
class FakeExchange final : public MessageSender {
  public:
    /// Ready for use by a service object of the test's own, or in replace_dependency().
    Publisher publisher();

    /// Has nothing published from now on: publishers are told UndeliverableMessage.
    void refuse(std::string reason);

    /// All messages so far, in order.
    std::vector<Message> messages() const;

    void send(const Message& message) override;

  private:
    mutable std::mutex mutex_;
    std::string refusal_;
    std::vector<Message> messages_;
};

}  // namespace hiratake::testing
