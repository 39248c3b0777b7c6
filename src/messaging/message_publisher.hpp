#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "hiratake/base/clock.hpp"
#include "hiratake/base/log.hpp"
#include "hiratake/client/connection.hpp"
#include "hiratake/messaging/publish_options.hpp"
#include "hiratake/payload/serializers.hpp"
#include "messaging/pending_confirm.hpp"
#include "wire/context.hpp"

namespace hiratake::messaging {

/// A message of a user's own, as a Publisher is given it. Views.
struct MessageToPublish {
    const std::string& exchange;
    const PublishOptions& options;
    /// One of the two: a payload to be serialized, or bytes of a content type.
    const Value* payload = nullptr;
    std::string_view bytes = {};
    std::string_view content_type = {};
};

/// Puts messages of a user's own on the wire. Safe from any thread.
class MessagePublisher {
  public:
    /// The connection, the log and the clock must outlive the publisher.
    MessagePublisher(client::Connection& connection, Serializers serializers, const Log& log, const Clock& clock)
        : connection_(connection), serializers_(std::move(serializers)), logger_(log, "messaging"), clock_(clock) {}

    /// Waits for the broker's confirm. Throws as Publisher::publish().
    void publish(const MessageToPublish& message, const wire::Context& context);
    /// Does not wait for it. Throws as Publisher::publish_async().
    std::shared_ptr<PendingConfirm> publish_async(const MessageToPublish& message, const wire::Context& context);

  private:
    using Send = std::function<void(client::Publication&& publication, Deadline deadline)>;
    void encode(const MessageToPublish& message, const wire::Context& context, const Send& send) const;

    client::Connection& connection_;
    const Serializers serializers_;
    const Logger logger_;
    const Clock& clock_;
};

}  // namespace hiratake::messaging
