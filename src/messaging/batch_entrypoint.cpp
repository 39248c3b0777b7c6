#include "messaging/batch_entrypoint.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <exception>
#include <utility>

#include "hiratake/base/error.hpp"
#include "hiratake/messaging/messaging_methods.hpp"
#include "hiratake/payload/argument_error.hpp"
#include "hiratake/service/config.hpp"
#include "hiratake/service/service_container.hpp"
#include "hiratake/service/worker_result.hpp"
#include "messaging/batch_collector.hpp"
#include "net/event_loop.hpp"
#include "net/run_and_wait.hpp"
#include "net/timer.hpp"
#include "service/configured_serializers.hpp"

namespace hiratake::messaging {
namespace {

constexpr std::size_t most_messages = 32'767;
// For a loop that has ended already.
constexpr Duration longest_farewell = std::chrono::seconds{5};

}  // namespace

struct BatchEntrypoint::Gathering {
    Gathering(net::EventLoop& event_loop, const BatchOptions& options)
        : timer(event_loop), collector(options.max_messages, options.max_wait) {}

    net::Timer timer;
    BatchCollector<client::Delivery> collector;
};

BatchEntrypoint::BatchEntrypoint(std::string queue, BatchOptions batch_options, MethodCall method_call)
    : Entrypoint(method_call.signature().method_name()),
      queue_(std::move(queue)),
      batch_options_(std::move(batch_options)),
      method_(std::move(method_call)) {
    if (batch_options_.max_messages < 1 || batch_options_.max_messages > most_messages) {
        throw ConfigurationError(fmt::format("{} consumes batches of {} messages; a batch has between 1 and {}",
                                             method_name(), batch_options_.max_messages, most_messages));
    }
}

BatchEntrypoint::~BatchEntrypoint() = default;

void BatchEntrypoint::setup(ServiceContainer& container) {
    const Environment& environment = container.environment();
    container_ = &container;
    logger_.emplace(environment.log, container.service_name());
    serializers_ = configured_serializers(container);
    method_.hide(options().sensitive_arguments());
    // Otherwise one batch can gather while another is handled.
    const auto two_batches = static_cast<std::uint16_t>(2 * batch_options_.max_messages);
    QueueSubscription::Options subscription{queue_, batch_options_.topology,
                                            options().prefetch().value_or(two_batches)};
    settlement_.setup(container, *this, subscription,
                      {batch_options_.requeue_on_error, fmt::format("a message of queue `{}`", queue_),
                       method_.signature().sensitive_in_first().below_elements().texts()});
    subscription_.setup(container, std::move(subscription));
}

void BatchEntrypoint::start() {
    gathering_ = std::make_unique<Gathering>(container_->environment().event_loop, batch_options_);
    settlement_.start();
    subscription_.start([this](client::Delivery delivery) { on_message(std::move(delivery)); });
}

// What has been gathered goes back to the queue.
void BatchEntrypoint::stop() noexcept {
    if (!gathering_) return;
    subscription_.stop();
    settlement_.stop();
    net::run_and_wait(
        container_->environment().event_loop, [this] { gathering_.reset(); }, longest_farewell);
}

void BatchEntrypoint::on_message(client::Delivery delivery) {
    auto& [timer, collector] = *gathering_;
    collector.add(std::move(delivery), container_->environment().clock.now());
    if (collector.is_full()) return submit();
    if (!timer.is_armed()) timer.start(collector.due(), [this] { submit(); });
}

void BatchEntrypoint::submit() {
    gathering_->timer.cancel();
    // Deliveries that no worker takes are dropped with their task, and so go back to the queue.
    const bool accepted =
        container_->submit(*this, [this, batch = gathering_->collector.take()]() mutable { handle(std::move(batch)); });
    if (!accepted) {
        logger_->debug("a batch goes back to queue `{}`: the service is stopping, or all workers are busy", queue_);
    }
}

void BatchEntrypoint::handle(Deliveries deliveries) {
    auto messages = decoded(std::move(deliveries));
    try {
        run(messages);
    } catch (const ArgumentError&) {
        messages = fitting(std::move(messages));
        run(messages);
    }
}

std::vector<BatchEntrypoint::Message> BatchEntrypoint::decoded(Deliveries deliveries) {
    std::vector<Message> messages;
    messages.reserve(deliveries.size());
    for (client::Delivery& delivery : deliveries) {
        try {
            const client::MessageProperties properties = delivery.properties();
            Value body = serializers_.decode(properties.content_type, properties.content_encoding, delivery.body());
            messages.push_back({std::move(delivery), std::move(body)});
        } catch (const Error&) {
            settlement_.refuse(delivery, std::current_exception());
        }
    }
    return messages;
}

// Those that the method can be called with alone.
std::vector<BatchEntrypoint::Message> BatchEntrypoint::fitting(std::vector<Message> messages) {
    std::erase_if(messages, [this](Message& message) {
        try {
            method_.prepare({Value(Array{message.body})}, {}, [](const ServiceContainer::Call&) {});
            return false;
        } catch (const ArgumentError&) {
            settlement_.refuse(message.delivery, std::current_exception());
            return true;
        }
    });
    return messages;
}

// A call of its own: the messages may come from as many others. The bodies stay for a second run.
void BatchEntrypoint::run(std::vector<Message>& messages) {
    if (messages.empty()) return;
    Array bodies;
    bodies.reserve(messages.size());
    for (const Message& message : messages) bodies.push_back(message.body);
    method_.prepare({Value(std::move(bodies))}, {}, [&](const ServiceContainer::Call& call) {
        container_->run_worker(*this, {}, call, [&](const WorkerContext& context, const WorkerResult& result) {
            for (Message& message : messages) settlement_.settle(message.delivery, context, result);
        });
    });
}

EntrypointDescription BatchEntrypoint::describe(const std::string& service_name, const Config& config) const {
    auto description = Entrypoint::describe(service_name, config);
    description.kind = "message";
    description.signature = &method_.signature();
    description.details = Object{{"queue", queue_}, {"batch", Object{{"max_messages", batch_options_.max_messages}}}};
    return description;
}

std::unique_ptr<Entrypoint> make_batch_entrypoint(std::string queue, BatchOptions options, MethodCall method) {
    return std::make_unique<BatchEntrypoint>(std::move(queue), std::move(options), std::move(method));
}

}  // namespace hiratake::messaging
