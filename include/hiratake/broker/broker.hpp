#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "hiratake/broker/broker_options.hpp"
#include "hiratake/broker/queue_content.hpp"

namespace hiratake {

class Log;
class Random;
namespace net {
class ByteStream;
class EventLoop;
}  // namespace net

/// What makes the broker stop reading from those who publish.
enum class BrokerAlarm { memory, disk };

/// An AMQP 0-9-1 broker inside this process, which clients of RabbitMQ take for one. It keeps everything in memory.
/// What differs from RabbitMQ is told in docs/broker.md. All functions are safe from any thread.
class Broker {
  public:
    /// With an I/O thread of its own. The log must outlive the broker.
    /// Throws ConfigurationError for a permission that is no regular expression or names an unknown vhost.
    Broker(BrokerOptions options, const Log& log);
    /// On an event loop of others, whose clock and log it uses. The loop must be running whenever a function of the
    /// broker is called from another thread, and outlive the broker.
    Broker(BrokerOptions options, net::EventLoop& loop, Random& random);
    /// As stop(), without waiting for clients.
    ~Broker();
    Broker(const Broker&) = delete;
    Broker& operator=(const Broker&) = delete;

    /// Listens, and serves from now on. Once.
    /// Throws ConfigurationError when an address cannot be listened on or a certificate cannot be used.
    void start();
    /// Tells every client to go (connection.close 320), waits for that, at most BrokerOptions::stop_timeout, and hangs
    /// up on the rest. On the event loop's own thread it does not wait. A second call does nothing.
    void stop();

    /// The port of the first listener; 0 without one. After start().
    std::uint16_t port() const;
    /// All addresses listened on, such as "127.0.0.1:5672". After start().
    std::vector<std::string> addresses() const;

    /// The client's end of a connection in memory (`memory://`), which counts as coming from this machine. May be
    /// called before start(), and without any listener. Null once the broker stops.
    /// @param client_loop runs the client; it may be the broker's own
    std::unique_ptr<net::ByteStream> connect(net::EventLoop& client_loop);

    /// Raises or clears an alarm by hand, as low memory does by itself: to test what publishers do then.
    void raise_alarm(BrokerAlarm alarm);
    void clear_alarm(BrokerAlarm alarm);

    /// How many clients are connected.
    std::size_t connection_count() const;
    /// The queues that hold messages, of all vhosts.
    std::vector<QueueContent> queue_contents() const;

  private:
    class Implementation;
    std::unique_ptr<Implementation> implementation_;
};

}  // namespace hiratake
