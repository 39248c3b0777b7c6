#pragma once

#include <string>

#include "hiratake/messaging/publish_options.hpp"
#include "hiratake/payload/value.hpp"

namespace hiratake {

/// What stands behind a Publisher in a test.
class MessageSender {
  public:
    struct Message {
        std::string exchange;
        /// What publish() was given; null where it was publish_bytes().
        Value payload;
        /// What publish_bytes() was given.
        std::string bytes;
        std::string content_type;
        PublishOptions options;
    };

    virtual ~MessageSender() = default;

    /// On the thread that publishes. May throw what Publisher::publish() may.
    virtual void send(const Message& message) = 0;
};

}  // namespace hiratake
