#include "websocket/relay.hpp"

#include <chrono>
#include <optional>
#include <utility>

#include "amqp/table_view.hpp"
#include "amqp/table_writer.hpp"
#include "hiratake/base/clock.hpp"
#include "hiratake/client/errors.hpp"
#include "hiratake/client/message_properties.hpp"
#include "websocket/utf8_checker.hpp"
#include "wire/message_properties.hpp"
#include "wire/names.hpp"
#include "wire/subscription.hpp"

namespace hiratake::websocket {
namespace {

constexpr Duration confirm_timeout = std::chrono::seconds{30};
constexpr std::uint16_t prefetch_count = 100;
constexpr const char* instance_header = "instance";
constexpr const char* channel_header = "channel";
constexpr const char* socket_header = "socket_id";

std::optional<std::string_view> text_header(const client::MessageProperties& properties, std::string_view name) {
    const auto value = amqp::TableView{properties.encoded_headers}.find(name);
    return value ? value->as_string() : std::nullopt;
}

std::optional<Audience> audience_of(const client::MessageProperties& properties) {
    if (const auto channel = text_header(properties, channel_header)) {
        return Audience{Audience::Kind::channel, std::string(*channel)};
    }
    if (const auto socket = text_header(properties, socket_header)) {
        return Audience{Audience::Kind::socket, std::string(*socket)};
    }
    return std::nullopt;
}

}  // namespace

Relay::Relay(std::string_view service, std::string instance, client::Connection& connection, const Log& log,
             const Clock& clock, Receive receive)
    : instance_(std::move(instance)),
      exchange_(wire::web_socket_exchange_name(service)),
      queue_(wire::web_socket_queue_name(service, instance_)),
      connection_(connection),
      logger_(log, "websocket"),
      clock_(clock),
      receive_(std::move(receive)) {
    connection_.declare(wire::web_socket_subscription(service, instance_).topology());
}

void Relay::start() {
    client::ConsumerOptions options;
    options.queue = queue_;
    options.prefetch_count = prefetch_count;
    consumer_ =
        connection_.consume(std::move(options), [this](client::Delivery delivery) { receive(std::move(delivery)); });
}

void Relay::send(const Audience& audience, std::string_view text) {
    const char* header = audience.kind == Audience::Kind::channel ? channel_header : socket_header;
    client::Publication publication;
    publication.exchange = exchange_;
    publication.body = text;
    amqp::ByteBuffer encoded_headers;
    amqp::TableWriter headers{encoded_headers};
    headers.append(instance_header, instance_);
    headers.append(header, audience.name);
    headers.close();
    publication.properties = wire::event_properties(serializer_, encoded_headers);
    publication.properties.delivery_mode = client::transient;
    connection_.publish(std::move(publication), Deadline::after(clock_.now(), confirm_timeout), nullptr);
}

void Relay::receive(client::Delivery delivery) const {
    try {
        const auto properties = delivery.scan_properties();
        const auto audience = audience_of(properties);
        if (text_header(properties, instance_header) == instance_) {
            // Its sockets have been served already.
        } else if (!audience) {
            logger_.warning("dropped a message of {}: it has neither a header `{}` nor `{}`", exchange_, channel_header,
                            socket_header);
        } else if (!is_utf8(delivery.body())) {
            logger_.warning("dropped a message of {} for `{}`: its body is not UTF-8", exchange_, audience->name);
        } else {
            receive_(*audience, delivery.body());
        }
    } catch (const client::ConnectionError& error) {
        logger_.warning("dropped a message of {}: {}", exchange_, error.what());
    }
    delivery.ack();
}

}  // namespace hiratake::websocket
