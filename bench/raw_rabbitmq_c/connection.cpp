#include "connection.hpp"

#include <poll.h>

#include <ctime>

namespace bench {
namespace {

constexpr amqp_channel_t channel = 1;

amqp_bytes_t bytes(std::string_view text) {
    return {text.size(), const_cast<char*>(text.data())};
}

std::string text(amqp_bytes_t bytes) {
    return {static_cast<const char*>(bytes.bytes), bytes.len};
}

// Whether there is something to read by then.
bool wait_until_readable(int descriptor, Clock::time_point until) {
    const auto left = std::chrono::nanoseconds{until - Clock::now()};
    if (left.count() <= 0) return false;
    const timespec timeout{.tv_sec = left.count() / 1'000'000'000, .tv_nsec = left.count() % 1'000'000'000};
    pollfd waiting{.fd = descriptor, .events = POLLIN, .revents = 0};
    return ppoll(&waiting, 1, &timeout, nullptr) > 0;
}

}  // namespace

Connection::Connection(std::string uri, bool has_guarantees)
    : uri_(std::move(uri)), has_guarantees_(has_guarantees), state_(amqp_new_connection()) {
    amqp_connection_info info;
    std::string parsed = uri_;  // the parser cuts it into pieces
    if (amqp_parse_url(parsed.data(), &info) != AMQP_STATUS_OK) throw std::runtime_error("cannot read the URI");
    amqp_socket_t* socket = amqp_tcp_socket_new(state_);
    if (!socket || amqp_socket_open(socket, info.host, info.port) != AMQP_STATUS_OK) {
        throw std::runtime_error("cannot connect to the broker");
    }
    const auto reply =
        amqp_login(state_, info.vhost, 0, AMQP_DEFAULT_FRAME_SIZE, 0, AMQP_SASL_METHOD_PLAIN, info.user, info.password);
    if (reply.reply_type != AMQP_RESPONSE_NORMAL) throw std::runtime_error("cannot log in");
    amqp_channel_open(state_, channel);
    check("open a channel");
    if (!has_guarantees_) return;
    amqp_confirm_select(state_, channel);
    check("select confirms");
}

Connection::~Connection() {
    amqp_destroy_connection(state_);
}

void Connection::check(const char* what) {
    if (amqp_get_rpc_reply(state_).reply_type != AMQP_RESPONSE_NORMAL) {
        throw std::runtime_error(std::string{"cannot "} + what);
    }
}

template <class Method>
void Connection::send(amqp_method_number_t id, Method method, const char* what) {
    if (amqp_send_method(state_, channel, id, &method) != AMQP_STATUS_OK) {
        throw std::runtime_error(std::string{"cannot "} + what);
    }
}

void Connection::declare_queue(const std::string& name) {
    amqp_queue_declare(state_, channel, bytes(name), 0, has_guarantees_, 0, 0, amqp_empty_table);
    check("declare a queue");
    amqp_queue_purge(state_, channel, bytes(name));
    check("purge a queue");
}

void Connection::declare_queue_nowait(const std::string& name) {
    amqp_queue_declare_t declare{};
    declare.queue = bytes(name);
    declare.durable = has_guarantees_;
    declare.nowait = 1;
    send(AMQP_QUEUE_DECLARE_METHOD, declare, "declare a queue");
}

void Connection::declare_own_queue(const std::string& name) {
    amqp_queue_declare(state_, channel, bytes(name), 0, has_guarantees_, 0, 1, amqp_empty_table);
    check("declare a queue of its own");
}

void Connection::bind_to_exchange(const std::string& queue, const std::string& exchange, const std::string& pattern) {
    amqp_exchange_declare(state_, channel, bytes(exchange), bytes("topic"), 0, 1, 0, 0, amqp_empty_table);
    check("declare an exchange");
    amqp_queue_bind(state_, channel, bytes(queue), bytes(exchange), bytes(pattern), amqp_empty_table);
    check("bind a queue");
}

void Connection::delete_queue_nowait(const std::string& name) {
    amqp_queue_delete_t deletion{};
    deletion.queue = bytes(name);
    deletion.nowait = 1;
    send(AMQP_QUEUE_DELETE_METHOD, deletion, "delete a queue");
}

void Connection::set_prefetch(std::uint16_t count) {
    amqp_basic_qos(state_, channel, 0, count, 0);
    check("set the prefetch");
}

void Connection::consume(const std::string& queue) {
    amqp_basic_consume(state_, channel, bytes(queue), amqp_empty_bytes, 0, !has_guarantees_, 0, amqp_empty_table);
    check("consume");
}

void Connection::consume_nowait(const std::string& queue) {
    amqp_basic_consume_t consume{};
    consume.queue = bytes(queue);
    consume.consumer_tag = bytes(queue);
    consume.no_ack = !has_guarantees_;
    consume.nowait = 1;
    send(AMQP_BASIC_CONSUME_METHOD, consume, "consume");
}

void Connection::publish(const Message& message) {
    amqp_basic_properties_t properties{};
    properties._flags = AMQP_BASIC_CONTENT_TYPE_FLAG | AMQP_BASIC_DELIVERY_MODE_FLAG | AMQP_BASIC_CORRELATION_ID_FLAG;
    properties.content_type = bytes("application/json");
    properties.delivery_mode = has_guarantees_ ? AMQP_DELIVERY_PERSISTENT : AMQP_DELIVERY_NONPERSISTENT;
    properties.correlation_id = bytes(message.correlation_id);
    if (!message.reply_to.empty()) {
        properties._flags |= AMQP_BASIC_REPLY_TO_FLAG;
        properties.reply_to = bytes(message.reply_to);
    }
    amqp_field_value_t call_id{};
    amqp_table_entry_t call_id_stack{};
    if (!message.call_id.empty()) {
        properties._flags |= AMQP_BASIC_HEADERS_FLAG | AMQP_BASIC_CONTENT_ENCODING_FLAG | AMQP_BASIC_PRIORITY_FLAG;
        properties.content_encoding = bytes("utf-8");
        call_id.kind = AMQP_FIELD_KIND_UTF8;
        call_id.value.bytes = bytes(message.call_id);
        call_id_stack.key = bytes("nameko.call_id_stack");
        call_id_stack.value.kind = AMQP_FIELD_KIND_ARRAY;
        call_id_stack.value.value.array = {.num_entries = 1, .entries = &call_id};
        properties.headers = {.num_entries = 1, .entries = &call_id_stack};
    }
    const bool is_mandatory = !message.call_id.empty() && !message.reply_to.empty();
    if (amqp_basic_publish(state_, channel, bytes(message.exchange), bytes(message.routing_key), is_mandatory, 0,
                           &properties, bytes(message.body)) != AMQP_STATUS_OK) {
        throw std::runtime_error("cannot publish");
    }
}

void Connection::acknowledge(std::uint64_t delivery_tag) {
    if (!has_guarantees_) return;
    if (amqp_basic_ack(state_, channel, delivery_tag, 0) != AMQP_STATUS_OK)
        throw std::runtime_error("cannot acknowledge");
}

std::optional<Connection::Event> Connection::next(Clock::time_point until) {
    while (true) {
        if (until != forever) {
            if (auto event = next_at_once()) return event;
            if (!wait_until_readable(descriptor(), until)) return std::nullopt;
            continue;
        }
        amqp_maybe_release_buffers(state_);
        amqp_frame_t frame;
        if (amqp_simple_wait_frame(state_, &frame) != AMQP_STATUS_OK)
            throw std::runtime_error("the connection was lost");
        if (auto event = read_event(frame)) return event;
    }
}

std::optional<Connection::Event> Connection::next_at_once() {
    while (true) {
        amqp_maybe_release_buffers(state_);
        amqp_frame_t frame;
        const timeval no_time{};
        const int status = amqp_simple_wait_frame_noblock(state_, &frame, &no_time);
        if (status == AMQP_STATUS_TIMEOUT) return std::nullopt;
        if (status != AMQP_STATUS_OK) throw std::runtime_error("the connection was lost");
        if (auto event = read_event(frame)) return event;
    }
}

std::optional<Connection::Event> Connection::read_event(const amqp_frame_t& frame) {
    if (frame.frame_type != AMQP_FRAME_METHOD) return std::nullopt;
    switch (frame.payload.method.id) {
        case AMQP_BASIC_DELIVER_METHOD: return read_delivery(frame);
        case AMQP_BASIC_ACK_METHOD: {
            const auto* ack = static_cast<amqp_basic_ack_t*>(frame.payload.method.decoded);
            return Event{.kind = Event::Kind::confirm, .tag = ack->delivery_tag, .multiple = ack->multiple != 0};
        }
        default: throw std::runtime_error("the broker refused something");
    }
}

Connection::Event Connection::read_delivery(const amqp_frame_t& frame) {
    const auto* deliver = static_cast<amqp_basic_deliver_t*>(frame.payload.method.decoded);
    Event event{.kind = Event::Kind::delivery, .tag = deliver->delivery_tag};
    amqp_message_t message;
    if (amqp_read_message(state_, channel, &message, 0).reply_type != AMQP_RESPONSE_NORMAL) {
        throw std::runtime_error("cannot read a message");
    }
    event.body = text(message.body);
    event.correlation_id = text(message.properties.correlation_id);
    if (message.properties._flags & AMQP_BASIC_REPLY_TO_FLAG) event.reply_to = text(message.properties.reply_to);
    amqp_destroy_message(&message);
    return event;
}

}  // namespace bench
