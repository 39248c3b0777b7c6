#pragma once

#include <amqp.h>
#include <amqp_tcp_socket.h>

#include <cstdint>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>

#include "load/load.hpp"

namespace bench {

/// One rabbitmq-c connection with one channel, used as its own examples use it.
class Connection {
  public:
    /// @param has_guarantees persistent messages, publisher confirms and acknowledgements; else none of these
    Connection(std::string uri, bool has_guarantees);
    ~Connection();
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;

    /// Durable where there are guarantees, and empty.
    void declare_queue(const std::string& name);
    /// The same, without waiting for the broker's answer.
    void declare_queue_nowait(const std::string& name);
    /// As declare_queue(); deleted with this connection, its only consumer. It is not exclusive: RabbitMQ keeps
    /// exclusive queues in memory alone, whatever they are declared as.
    void declare_own_queue(const std::string& name);
    /// A topic exchange, declared here.
    void bind_to_exchange(const std::string& queue, const std::string& exchange, const std::string& pattern);
    void delete_queue_nowait(const std::string& name);
    void set_prefetch(std::uint16_t count);
    void consume(const std::string& queue);
    void consume_nowait(const std::string& queue);

    struct Message {
        std::string_view exchange = {};
        std::string_view routing_key;
        std::string_view body;
        std::string_view correlation_id = {};
        std::string_view reply_to = {};
        /// With it the message has the headers and properties of Nameko's.
        std::string_view call_id = {};
    };
    void publish(const Message& message);
    /// Does nothing where there are no guarantees.
    void acknowledge(std::uint64_t delivery_tag);

    struct Event {
        enum class Kind { delivery, confirm } kind;
        std::uint64_t tag;
        bool multiple = false;
        std::string body = {};
        std::string correlation_id = {};
        std::string reply_to = {};
    };
    /// Waits for the next delivery or publisher confirm, until that moment.
    std::optional<Event> next(Clock::time_point until);
    /// What has come already.
    std::optional<Event> next_at_once();

    int descriptor() const { return amqp_get_sockfd(state_); }
    bool has_guarantees() const { return has_guarantees_; }

  private:
    void check(const char* what);
    std::optional<Event> read_event(const amqp_frame_t& frame);
    Event read_delivery(const amqp_frame_t& frame);
    template <class Method>
    void send(amqp_method_number_t id, Method method, const char* what);

    std::string uri_;
    bool has_guarantees_;
    amqp_connection_state_t state_;
};

}  // namespace bench
