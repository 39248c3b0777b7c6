#pragma once

#include <amqp.h>
#include <amqp_tcp_socket.h>

#include <cstdint>
#include <stdexcept>
#include <string>
#include <string_view>

namespace bench {

/// One rabbitmq-c connection with one channel in confirm mode, used as its own examples use it.
class Connection {
  public:
    explicit Connection(std::string uri);
    ~Connection();
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;

    void declare_durable_queue(const std::string& name);
    void consume(const std::string& queue, std::uint16_t prefetch_count);
    /// Persistent, through the default exchange; the confirm comes later, as an Acknowledgement.
    void publish(const std::string& queue, std::string_view body, std::string_view correlation_id,
                 std::string_view reply_to);
    void acknowledge(std::uint64_t delivery_tag);

    struct Event {
        enum class Kind { delivery, confirm } kind;
        std::uint64_t tag;
        bool multiple = false;
        std::string body;
        std::string correlation_id;
        std::string reply_to;
    };
    /// Waits for the next delivery or publisher confirm.
    Event next();

  private:
    void check(amqp_rpc_reply_t reply, const char* what);
    Event read_delivery(const amqp_frame_t& frame);

    std::string uri_;
    amqp_connection_state_t state_;
};

}  // namespace bench
