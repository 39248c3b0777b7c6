#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>

#include "hiratake/base/log.hpp"
#include "hiratake/client/connection.hpp"
#include "hiratake/payload/serializers.hpp"
#include "hiratake/service/entrypoint.hpp"
#include "hiratake/service/method_call.hpp"
#include "hiratake/service/registration.hpp"
#include "wire/context.hpp"

namespace hiratake::messaging {

/// Takes each message of one queue to a worker that runs one method, and settles it by what became of it: for every
/// entrypoint with a queue of its own. (Nameko: messaging.Consumer.)
class MessageConsumer {
  public:
    struct Options {
        std::string queue;
        client::Topology topology = {};
        /// 0: as many as there are workers.
        std::uint16_t prefetch_count = 0;
        bool requeue_on_error = false;
        /// For the log: "a message of queue `documents`".
        std::string message_name;
        /// What the method is called with beside the body.
        std::function<Value(const client::Delivery& delivery)> second_argument = nullptr;
    };

    /// Both must outlive the consumer.
    MessageConsumer(const Entrypoint& entrypoint, const MethodCall& method)
        : entrypoint_(entrypoint), method_(method) {}

    /// Declares the topology. Throws ConfigurationError for what cannot be.
    void setup(ServiceContainer& container, Options options);
    void start();
    void stop() noexcept;

  private:
    void on_message(client::Delivery delivery);
    void handle(client::Delivery delivery);
    void run(client::Delivery& delivery);

    const Entrypoint& entrypoint_;
    const MethodCall& method_;
    Options options_;
    ServiceContainer* container_ = nullptr;
    client::Connection* connection_ = nullptr;
    std::optional<Logger> logger_;
    Serializers serializers_;
    client::Consumer consumer_;
    Registration health_;
};

/// What entrypoints with a queue of their own settle a message by, once its method has ended.
void settle(client::Delivery& delivery, const WorkerResult& result, bool requeue_on_error);

/// The topology with the queue in it: as declared there, otherwise durable.
client::Topology with_queue(client::Topology topology, const std::string& queue);

}  // namespace hiratake::messaging
