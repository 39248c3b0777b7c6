#pragma once

#include <memory>
#include <string>
#include <utility>

#include "hiratake/messaging/consume_options.hpp"
#include "hiratake/service/entrypoint.hpp"
#include "hiratake/service/method_call.hpp"

namespace hiratake {
namespace messaging {

std::unique_ptr<Entrypoint> make_entrypoint(std::string queue, ConsumeOptions options, MethodCall method);
std::unique_ptr<Entrypoint> make_batch_entrypoint(std::string queue, BatchOptions options, MethodCall method);

}  // namespace messaging

/// The part of Service<T> that declares which queues it consumes, whoever fills them.
template <class Service, class ServiceClass>
class MessagingMethods {
  public:
    /// Has the method called with each message of the queue: with its body, and, where it has a second parameter, with
    /// its MessageInfo. A body that cannot be read, or does not fit, is logged and dropped.
    template <auto method>
    EntrypointOptions& consume(std::string queue, ConsumeOptions options = {}) {
        using Traits = payload::MethodTraits<decltype(method)>;
        static_assert(Traits::arity == 1 || Traits::arity == 2,
                      "a method that consumes a queue takes the body and, where it asks for it, the MessageInfo");
        std::vector<Parameter> parameters{"body"};
        if (Traits::arity == 2) parameters.emplace_back("info");
        return static_cast<Service&>(*this).add(messaging::make_entrypoint(
            std::move(queue), std::move(options), MethodCall::of<method, ServiceClass>(std::move(parameters))));
    }
    /// Has the method called with up to `max_messages` messages of the queue at a time, in their order. Its parameter
    /// is a list of what the bodies are read into; those that cannot be are logged and dropped. The messages of a batch
    /// are settled together. ConfigurationError when max_messages is out of its range.
    template <auto method>
    EntrypointOptions& consume_batches(std::string queue, BatchOptions options = {}) {
        return static_cast<Service&>(*this).add(messaging::make_batch_entrypoint(
            std::move(queue), std::move(options), MethodCall::of<method, ServiceClass>({"bodies"})));
    }
};

}  // namespace hiratake
