#include "rpc/rpc_consumer.hpp"

#include <fmt/core.h>

#include <utility>
#include <variant>
#include <vector>

#include "hiratake/base/clock.hpp"
#include "hiratake/base/error.hpp"
#include "hiratake/base/log.hpp"
#include "hiratake/client/connection_source.hpp"
#include "hiratake/client/errors.hpp"
#include "hiratake/payload/argument_error.hpp"
#include "hiratake/rpc/rpc_error.hpp"
#include "hiratake/rpc/service_description.hpp"
#include "hiratake/service/config.hpp"
#include "hiratake/service/health.hpp"
#include "hiratake/service/resources.hpp"
#include "rpc/configured_deadlines.hpp"
#include "rpc/configured_exchange.hpp"
#include "rpc/describe_definition.hpp"
#include "rpc/exception_on_wire.hpp"
#include "service/configured_serializers.hpp"
#include "service/ordering_key.hpp"
#include "wire/context.hpp"
#include "wire/deadline_header.hpp"
#include "wire/envelope.hpp"
#include "wire/message_properties.hpp"
#include "wire/names.hpp"
#include "wire/subscription.hpp"

namespace hiratake::rpc {
namespace {

/// How long a reply may wait for the broker. After that, the broker delivers the request again.
constexpr Duration reply_timeout = std::chrono::seconds{60};
/// A longer description is not sent: callers are told so instead.
constexpr std::size_t most_description_bytes = 1 << 20;

/// "mail.send": from the routing key, or, where nameko-amqp-retry has put the queue's name into that, from a header.
std::string_view target_of(const client::Delivery& delivery, const client::MessageProperties& properties) {
    const auto id = amqp::TableView{properties.encoded_headers}.find("nameko.rpc_method_id");
    const auto text = id ? id->as_string() : std::nullopt;
    return text ? *text : delivery.routing_key();
}

/// Throws ContentError.
std::variant<wire::Request, wire::ErrorObject> parse(const Serializers& serializers,
                                                     const client::MessageProperties& properties,
                                                     const client::Delivery& delivery) {
    const auto content_type =
        properties.content_type.value_or(serializers.for_answer_to(properties.content_type).content_type);
    return wire::parse_request(serializers.decode(content_type, properties.content_encoding, delivery.body()));
}

wire::ErrorObject too_late(std::string_view target, Duration late_by) {
    return deadline_exceeded(fmt::format("{} was not run: its caller gave up {:.3f} s ago, before a worker was free",
                                         target, std::chrono::duration<double>(late_by).count()));
}

}  // namespace

/// A request on its way through a worker. The texts are views into the delivery.
struct RpcConsumer::Request {
    client::Delivery delivery;
    client::MessageProperties properties;
    /// What it is answered with.
    const Serializer* serializer = nullptr;
    wire::Context context;
    Deadline deadline;

    std::string_view target() const { return target_of(delivery, properties); }
};

void RpcConsumer::setup(ServiceContainer& container) {
    const Environment& environment = container.environment();
    container_ = &container;
    connection_ = &environment.resources.get<client::ConnectionSource>().connection();
    logger_ = std::make_unique<Logger>(environment.log, container.service_name());
    exchange_ = configured_exchange(environment.config);
    serializers_ = configured_serializers(container);
    keeps_deadlines_ = are_deadlines_on(environment.config);
    guarantee_ = configured_guarantee(environment.config, "delivery.rpc");
    connection_->declare(wire::rpc_subscription(container.service_name(), exchange_).topology());
}

void RpcConsumer::add(const RpcEntrypoint& entrypoint) {
    const std::string key = wire::rpc_routing_key(container_->service_name(), entrypoint.method_name());
    if (!entrypoints_.emplace(key, &entrypoint).second) {
        throw ConfigurationError(fmt::format("service `{}` declares the RPC method `{}` twice",
                                             container_->service_name(), entrypoint.method_name()));
    }
    check_ordering(container_->service_name(), entrypoint, entrypoint.method().signature());
}

void RpcConsumer::start() {
    description_key_ = wire::rpc_routing_key(container_->service_name(), ServiceDescription::method_name);
    client::ConsumerOptions options;
    options.queue = wire::rpc_queue_name(container_->service_name());
    std::vector<const Entrypoint*> entrypoints;
    for (const auto& [key, entrypoint] : entrypoints_) entrypoints.push_back(entrypoint);
    options.prefetch_count = container_->prefetch_for(entrypoints);
    consumer_ = connection_->consume(std::move(options),
                                     [this](client::Delivery&& delivery) { on_request(std::move(delivery)); });
    health_ = container_->environment().health.add("consumer " + consumer_.options().queue,
                                                   [this] { return consumer_.health(); });
}

void RpcConsumer::cancel() noexcept {
    health_.end();
    consumer_.cancel();
}

std::string RpcConsumer::described_in_reply(const Serializer& serializer) const {
    const auto description = describe_definition(container_->definition(), container_->environment().config);
    std::string reply = wire::Reply{description.to_value(), std::nullopt}.encode(serializer);
    if (reply.size() <= most_description_bytes) return reply;
    const Error error{fmt::format("the description of {} has {} bytes, which is more than {}",
                                  container_->service_name(), reply.size(), most_description_bytes)};
    logger_->warning("{}: callers are told this instead", error.what());
    return wire::Reply{nullptr, exception_on_wire(std::make_exception_ptr(error))}.encode(serializer);
}

void RpcConsumer::on_request(client::Delivery&& delivery) {
    if (delivery.routing_key() == description_key_) return describe(std::move(delivery));
    const RpcEntrypoint* entrypoint = entrypoint_for(delivery);
    auto key = entrypoint ? ordering_key_of(*entrypoint, delivery) : std::nullopt;
    // A delivery that no worker takes is dropped with its task, and so goes back to the queue.
    auto task = [this, entrypoint, held = std::move(delivery)]() mutable { handle(entrypoint, std::move(held)); };
    const bool accepted = entrypoint ? container_->submit(*entrypoint, std::move(task), std::move(key))
                                     : container_->submit(std::move(task));
    if (!accepted) logger_->debug("a request goes back to its queue: the service is stopping, or all workers are busy");
}

const RpcEntrypoint* RpcConsumer::entrypoint_for(const client::Delivery& delivery) const {
    auto found = entrypoints_.find(delivery.routing_key());
    if (found != entrypoints_.end()) return found->second;
    try {
        found = entrypoints_.find(target_of(delivery, delivery.scan_properties()));
    } catch (const client::ConnectionError&) {
        return nullptr;  // For open(), which says what is wrong with its properties.
    }
    return found == entrypoints_.end() ? nullptr : found->second;
}

std::optional<std::string> RpcConsumer::ordering_key_of(const RpcEntrypoint& entrypoint,
                                                        const client::Delivery& delivery) const {
    if (!entrypoint.options().is_ordered()) return std::nullopt;
    try {
        const client::MessageProperties properties = delivery.scan_properties();
        auto parsed = parse(serializers_, properties, delivery);
        auto* request = std::get_if<wire::Request>(&parsed);
        if (!request) return std::nullopt;
        return ordering_key(
            entrypoint.options().ordering_paths(),
            arguments_by_name(entrypoint.method().signature(), std::move(request->args), std::move(request->kwargs)));
    } catch (const Error&) {
        return std::nullopt;  // For handle(), which answers what is wrong with it.
    }
}

std::optional<RpcConsumer::Request> RpcConsumer::open(client::Delivery&& delivery) {
    std::optional<Request> request{std::in_place};
    request->delivery = std::move(delivery);
    try {
        request->properties = request->delivery.scan_properties();
        request->serializer = &serializers_.for_answer_to(request->properties.content_type);
    } catch (const client::ConnectionError& error) {
        logger_->error("dropped a request with unreadable properties: {}", error.what());
        request->delivery.ack();
        request.reset();
    }
    return request;
}

void RpcConsumer::describe(client::Delivery&& delivery) {
    auto request = open(std::move(delivery));
    if (!request) return;
    std::string& reply = description_replies_[request->serializer->content_type];
    if (reply.empty()) reply = described_in_reply(*request->serializer);
    send(*request, reply);
}

void RpcConsumer::handle(const RpcEntrypoint* entrypoint, client::Delivery&& delivery) {
    auto opened = open(std::move(delivery));
    if (!opened) return;
    Request& request = *opened;
    if (guarantee_ == DeliveryGuarantee::best_effort) request.delivery.ack();
    const amqp::TableView headers{request.properties.encoded_headers};
    if (const auto until = keeps_deadlines_ ? wire::read_deadline(headers) : std::nullopt) {
        const Clock& clock = container_->environment().clock;
        const Duration left = *until - clock.wall_time();
        if (left <= Duration::zero()) return refuse(request, too_late(request.target(), -left));
        request.deadline = Deadline::after(clock.now(), left);
    }

    try {
        request.context = wire::read_context(headers);
        if (entrypoint && run_straight(*entrypoint, request)) return;
        auto parsed = parse(serializers_, request.properties, request.delivery);
        if (!entrypoint) {
            return refuse(request, wire::method_not_found(std::string{wire::method_in_routing_key(request.target())}));
        }
        if (auto* error = std::get_if<wire::ErrorObject>(&parsed)) return refuse(request, std::move(*error));
        auto& arguments = std::get<wire::Request>(parsed);
        entrypoint->method().prepare(std::move(arguments.args), std::move(arguments.kwargs),
                                     [&](const ServiceContainer::Call& call) { run(*entrypoint, request, call); });
    } catch (const ContentError& error) {
        refuse(request, wire::malformed_request(error.what()));
    } catch (const ArgumentError& error) {
        refuse(request, wire::incorrect_signature(error.what()));
    }
}

bool RpcConsumer::run_straight(const RpcEntrypoint& entrypoint, Request& request) {
    if (!serializers_.would_read_json(request.properties.content_type, request.properties.content_encoding))
        return false;
    const auto positional = wire::positional_in(request.delivery.body());
    return positional && entrypoint.method().prepare_from_json(
                             *positional, wire::envelope_depth,
                             [&](const ServiceContainer::Call& call) { run(entrypoint, request, call); });
}

void RpcConsumer::run(const RpcEntrypoint& entrypoint, Request& request, const ServiceContainer::Call& call) {
    container_->run_worker(entrypoint,
                           {.call_id_stack = std::move(request.context.call_id_stack),
                            .data = std::move(request.context.data),
                            .deadline = request.deadline},
                           call, [&](WorkerContext&, WorkerResult& result) { answer(request, result); });
}

std::string RpcConsumer::reply_to(const Serializer& serializer, const WorkerResult& result) const {
    if (result.error) {
        return wire::Reply{nullptr, exception_on_wire(result.error, container_->definition().exceptions)}.encode(
            serializer);
    }
    const std::string* json = serializer.is_json() ? result.returned.json() : nullptr;
    return json ? wire::reply_with(*json) : wire::Reply{result.returned.value(), std::nullopt}.encode(serializer);
}

void RpcConsumer::answer(Request& request, WorkerResult& result) {
    std::string body;
    try {
        body = reply_to(*request.serializer, result);
    } catch (const std::exception& error) {
        // The dependencies see this outcome too.
        result = {{}, std::make_exception_ptr(UnserializableValueError(error.what()))};
        logger_->error("the result of {} cannot be sent: {}", request.delivery.routing_key(), error.what());
        body = wire::Reply{nullptr, exception_on_wire(result.error)}.encode(*request.serializer);
    }
    send(request, body);
}

void RpcConsumer::refuse(Request& request, wire::ErrorObject error) {
    logger_->warning("refused a request for {}: {}: {}", request.delivery.routing_key(), error.exc_type, error.value);
    send(request, wire::Reply{nullptr, std::move(error)}.encode(*request.serializer));
}

void RpcConsumer::send(Request& request, const std::string& body) {
    if (!request.properties.reply_to) {
        logger_->warning("a request for {} says not where to reply to: its result is dropped",
                         request.delivery.routing_key());
        return request.delivery.ack();
    }
    client::Publication publication;
    publication.exchange = exchange_;
    publication.routing_key = *request.properties.reply_to;
    publication.body = body;
    publication.properties = wire::reply_properties(*request.serializer, request.properties.correlation_id);
    if (guarantee_ == DeliveryGuarantee::best_effort) {
        publication.properties.delivery_mode = client::transient;
        publication.confirm = false;
    }
    const Deadline deadline = Deadline::after(container_->environment().clock.now(), reply_timeout);
    connection_->publish(
        std::move(publication), deadline,
        [logger = logger_.get(), delivery = std::move(request.delivery)](const client::PublishResult& result) mutable {
            if (result.ok()) return delivery.ack();
            logger->error("the reply to a request for {} was not delivered: {} {}", delivery.routing_key(),
                          to_string(result.status), result.detail);
            // What the broker refuses once it would refuse again; after a lost connection it delivers the
            // request anew.
            const bool is_final =
                result.status == client::PublishStatus::refused || result.status == client::PublishStatus::rejected;
            if (is_final) delivery.ack();
        });
}

}  // namespace hiratake::rpc
