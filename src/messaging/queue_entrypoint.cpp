#include "messaging/queue_entrypoint.hpp"

#include <exception>
#include <utility>

#include "hiratake/base/error.hpp"
#include "hiratake/service/config.hpp"
#include "hiratake/service/service_container.hpp"
#include "hiratake/service/worker_result.hpp"
#include "service/configured_serializers.hpp"
#include "service/ordering_key.hpp"
#include "wire/context.hpp"
#include "wire/redelivery.hpp"

namespace hiratake::messaging {
namespace {

WorkerContext::Inbound inbound_of(const client::MessageProperties& properties) {
    const amqp::TableView headers{properties.encoded_headers};
    wire::Context context = wire::read_context(headers);
    return {std::move(context.call_id_stack), std::move(context.data), wire::failures_in(headers) + 1};
}

}  // namespace

void QueueEntrypoint::setup(ServiceContainer& container) {
    const Environment& environment = container.environment();
    method_.hide(options().sensitive_arguments());
    container_ = &container;
    logger_.emplace(environment.log, container.service_name());
    serializers_ = configured_serializers(container);
    Options options = consume_from(container);
    second_argument_ = std::move(options.second_argument);
    options.subscription.prefetch_count = container.prefetch_for({this});
    runs_again_here_ = options.settlement.requeue_on_error && this->options().is_ordered();
    options.settlement.sensitive_in_body = method_.signature().sensitive_in_first().texts();
    settlement_.setup(container, *this, options.subscription, std::move(options.settlement));
    subscription_.setup(container, std::move(options.subscription));
}

void QueueEntrypoint::start() {
    settlement_.start();
    subscription_.start([this](client::Delivery delivery) { on_message(std::move(delivery)); });
}

void QueueEntrypoint::stop() noexcept {
    subscription_.stop();
    settlement_.stop();
}

void QueueEntrypoint::on_message(client::Delivery delivery) {
    if (is_accepted(std::move(delivery))) return;
    logger_->debug("{} goes back to its queue: the service is stopping, or all workers are busy",
                   settlement_.message_name());
}

// A delivery that no worker takes is dropped with its task, and so goes back to the queue.
bool QueueEntrypoint::is_accepted(client::Delivery delivery) {
    if (auto key = ordering_key_of(delivery)) {
        auto task = [this, key = *key, held = std::move(delivery)]() mutable { handle_in_order(std::move(held), key); };
        return container_->submit(*this, std::move(task), std::move(key));
    }
    return container_->submit(*this, [this, held = std::move(delivery)]() mutable { handle(held); });
}

std::optional<std::string> QueueEntrypoint::ordering_key_of(const client::Delivery& delivery) const {
    if (!options().is_ordered()) return std::nullopt;
    try {
        const client::MessageProperties properties = delivery.scan_properties();
        return ordering_key(options().ordering_paths(),
                            serializers_.decode(properties.content_type, properties.content_encoding, delivery.body()));
    } catch (const Error&) {
        return std::nullopt;  // For handle(), which says what is wrong with it.
    }
}

void QueueEntrypoint::handle_in_order(client::Delivery delivery, const std::string& key) {
    handle(delivery);
    if (!runs_again_here_ || delivery.is_settled()) return;
    auto again = [this, key, held = std::move(delivery)]() mutable { handle_in_order(std::move(held), key); };
    if (container_->submit_next(*this, std::move(again), key)) return;
    logger_->debug("{} goes back to its queue: the service is stopping", settlement_.message_name());
}

void QueueEntrypoint::handle(client::Delivery& delivery) {
    settlement_.begin(delivery);
    try {
        run(delivery);
    } catch (const Error&) {
        settlement_.refuse(delivery, std::current_exception());
    }
}

void QueueEntrypoint::run(client::Delivery& delivery) {
    const client::MessageProperties properties = delivery.scan_properties();
    Array arguments;
    arguments.push_back(serializers_.decode(properties.content_type, properties.content_encoding, delivery.body()));
    if (second_argument_) arguments.push_back(second_argument_(delivery));
    WorkerContext::Inbound inbound = inbound_of(properties);
    method_.prepare(std::move(arguments), {}, [&](const ServiceContainer::Call& call) {
        container_->run_worker(*this, std::move(inbound), call,
                               [&](const WorkerContext& context, const WorkerResult& result) {
                                   if (result.error && runs_again_here_) return;
                                   settlement_.settle(delivery, context, result);
                               });
    });
}

}  // namespace hiratake::messaging
