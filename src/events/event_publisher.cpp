#include "events/event_publisher.hpp"

#include <fmt/core.h>

#include "hiratake/events/event_error.hpp"
#include "wire/message_properties.hpp"
#include "wire/names.hpp"
#include "wire/subscription.hpp"

namespace hiratake {

EventNotDispatched::~EventNotDispatched() = default;

}  // namespace hiratake

namespace hiratake::events {
namespace {

constexpr Duration confirm_timeout = std::chrono::seconds{30};

}  // namespace

void EventPublisher::declare_exchange(std::string_view source_service, const Config& config) {
    if (!config.boolean("DECLARE_EVENT_EXCHANGES").value_or(true)) return;
    const bool is_auto_delete = config.boolean("AUTO_DELETE_EVENT_EXCHANGES").value_or(false);
    connection_.declare({wire::event_exchange(source_service, is_auto_delete)});
}

void EventPublisher::dispatch(std::string_view source_service, std::string_view event_type, const Value& data,
                              const wire::Context& context) {
    const std::string exchange = wire::event_exchange_name(source_service);
    const std::string body = serializer_.encode(data);
    client::Publication publication;
    publication.exchange = exchange;
    publication.routing_key = event_type;
    publication.body = body;
    const amqp::ByteBuffer encoded_headers = wire::encode_context(context, logger_);
    publication.properties = wire::event_properties(serializer_, encoded_headers);
    const Deadline deadline = Deadline::after(clock_.now(), confirm_timeout);
    if (guarantee_ == DeliveryGuarantee::best_effort) {
        publication.properties.delivery_mode = client::transient;
        // Confirmed all the same: without, an event that the broker refuses would take along what is sent behind it.
        // The connection logs what has no confirm.
        return connection_.publish(std::move(publication), deadline, {});
    }
    const client::PublishResult result = connection_.publish_and_wait(std::move(publication), deadline);
    if (!result.ok()) {
        throw EventNotDispatched(fmt::format("event `{}` of service `{}` not dispatched: {}: {}", event_type,
                                             source_service, to_string(result.status), result.detail));
    }
}

}  // namespace hiratake::events
