#include "connection.hpp"

namespace bench {
namespace {

constexpr amqp_channel_t channel = 1;

amqp_bytes_t bytes(std::string_view text) {
    return {text.size(), const_cast<char*>(text.data())};
}

std::string text(amqp_bytes_t bytes) {
    return {static_cast<const char*>(bytes.bytes), bytes.len};
}

}  // namespace

Connection::Connection(std::string uri) : uri_(std::move(uri)), state_(amqp_new_connection()) {
    amqp_connection_info info;
    if (amqp_parse_url(uri_.data(), &info) != AMQP_STATUS_OK) throw std::runtime_error("cannot read the URI");
    amqp_socket_t* socket = amqp_tcp_socket_new(state_);
    if (!socket || amqp_socket_open(socket, info.host, info.port) != AMQP_STATUS_OK) {
        throw std::runtime_error("cannot connect to the broker");
    }
    check(
        amqp_login(state_, info.vhost, 0, AMQP_DEFAULT_FRAME_SIZE, 0, AMQP_SASL_METHOD_PLAIN, info.user, info.password),
        "log in");
    amqp_channel_open(state_, channel);
    check(amqp_get_rpc_reply(state_), "open a channel");
    amqp_confirm_select(state_, channel);
    check(amqp_get_rpc_reply(state_), "select confirms");
}

Connection::~Connection() {
    amqp_destroy_connection(state_);
}

void Connection::check(amqp_rpc_reply_t reply, const char* what) {
    if (reply.reply_type != AMQP_RESPONSE_NORMAL) throw std::runtime_error(std::string{"cannot "} + what);
}

void Connection::declare_durable_queue(const std::string& name) {
    amqp_queue_declare(state_, channel, bytes(name), 0, 1, 0, 0, amqp_empty_table);
    check(amqp_get_rpc_reply(state_), "declare a queue");
    amqp_queue_purge(state_, channel, bytes(name));
    check(amqp_get_rpc_reply(state_), "purge a queue");
}

void Connection::consume(const std::string& queue, std::uint16_t prefetch_count) {
    amqp_basic_qos(state_, channel, 0, prefetch_count, 0);
    check(amqp_get_rpc_reply(state_), "set the prefetch");
    amqp_basic_consume(state_, channel, bytes(queue), amqp_empty_bytes, 0, 0, 0, amqp_empty_table);
    check(amqp_get_rpc_reply(state_), "consume");
}

void Connection::publish(const std::string& queue, std::string_view body, std::string_view correlation_id,
                         std::string_view reply_to) {
    amqp_basic_properties_t properties{};
    properties._flags = AMQP_BASIC_CONTENT_TYPE_FLAG | AMQP_BASIC_DELIVERY_MODE_FLAG | AMQP_BASIC_CORRELATION_ID_FLAG;
    properties.content_type = bytes("application/json");
    properties.delivery_mode = AMQP_DELIVERY_PERSISTENT;
    properties.correlation_id = bytes(correlation_id);
    if (!reply_to.empty()) {
        properties._flags |= AMQP_BASIC_REPLY_TO_FLAG;
        properties.reply_to = bytes(reply_to);
    }
    if (amqp_basic_publish(state_, channel, amqp_empty_bytes, bytes(queue), 0, 0, &properties, bytes(body)) !=
        AMQP_STATUS_OK) {
        throw std::runtime_error("cannot publish");
    }
}

void Connection::acknowledge(std::uint64_t delivery_tag) {
    if (amqp_basic_ack(state_, channel, delivery_tag, 0) != AMQP_STATUS_OK)
        throw std::runtime_error("cannot acknowledge");
}

Connection::Event Connection::next() {
    while (true) {
        amqp_maybe_release_buffers(state_);
        amqp_frame_t frame;
        if (amqp_simple_wait_frame(state_, &frame) != AMQP_STATUS_OK)
            throw std::runtime_error("the connection was lost");
        if (frame.frame_type != AMQP_FRAME_METHOD) continue;
        switch (frame.payload.method.id) {
            case AMQP_BASIC_DELIVER_METHOD: return read_delivery(frame);
            case AMQP_BASIC_ACK_METHOD: {
                const auto* ack = static_cast<amqp_basic_ack_t*>(frame.payload.method.decoded);
                return {Event::Kind::confirm, ack->delivery_tag, ack->multiple != 0, {}, {}, {}};
            }
            default: throw std::runtime_error("the broker refused something");
        }
    }
}

Connection::Event Connection::read_delivery(const amqp_frame_t& frame) {
    const auto* deliver = static_cast<amqp_basic_deliver_t*>(frame.payload.method.decoded);
    Event event{Event::Kind::delivery, deliver->delivery_tag, false, {}, {}, {}};
    amqp_message_t message;
    check(amqp_read_message(state_, channel, &message, 0), "read a message");
    event.body = text(message.body);
    event.correlation_id = text(message.properties.correlation_id);
    if (message.properties._flags & AMQP_BASIC_REPLY_TO_FLAG) event.reply_to = text(message.properties.reply_to);
    amqp_destroy_message(&message);
    return event;
}

}  // namespace bench
