#pragma once

#include <string>
#include <string_view>

#include "hiratake/base/clock.hpp"
#include "hiratake/base/log.hpp"
#include "hiratake/client/connection.hpp"
#include "hiratake/messaging/publish_options.hpp"
#include "hiratake/payload/serializers.hpp"
#include "wire/context.hpp"

namespace hiratake::messaging {

/// Puts messages of a user's own on the wire. Safe from any thread.
class MessagePublisher {
  public:
    /// The connection, the log and the clock must outlive the publisher.
    MessagePublisher(client::Connection& connection, Serializers serializers, const Log& log, const Clock& clock)
        : connection_(connection), serializers_(std::move(serializers)), logger_(log, "messaging"), clock_(clock) {}

    /// These wait for the broker's confirm. They throw as Publisher.
    void publish(const std::string& exchange, const Value& payload, const wire::Context& context,
                 const PublishOptions& options);
    void publish_bytes(const std::string& exchange, std::string_view body, std::string_view content_type,
                       const wire::Context& context, const PublishOptions& options);

  private:
    client::MessageProperties properties(const wire::Context& context, const PublishOptions& options) const;
    void send(client::Publication publication, const PublishOptions& options);

    client::Connection& connection_;
    const Serializers serializers_;
    const Logger logger_;
    const Clock& clock_;
};

}  // namespace hiratake::messaging
