#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "hiratake/base/log.hpp"
#include "hiratake/client/connection.hpp"
#include "hiratake/payload/serializer.hpp"

namespace hiratake {
class Clock;
}

namespace hiratake::websocket {

/// Who an event is for.
struct Audience {
    enum class Kind { channel, socket };
    Kind kind = Kind::channel;
    /// The name of the channel, or the id of the socket.
    std::string name;
};

/// Tells the other instances of a service which events to send to their sockets, and hears what they tell: through the
/// fanout exchange `<service>.websockets`, and a queue of each instance's own. A message's body is the very text that
/// the sockets receive; its headers say whom it is for (`channel` or `socket_id`) and where it comes from (`instance`).
/// What the broker does not confirm within 30 s is logged as an error and given up.
class Relay {
  public:
    /// Called on the connection's thread; must not wait.
    using Receive = std::function<void(const Audience& audience, std::string_view text)>;

    /// Declares the exchange and the queue.
    /// @param instance a uuid
    /// @param connection outlives the relay, as do `log` and `clock`
    Relay(std::string_view service, std::string instance, client::Connection& connection, const Log& log,
          const Clock& clock, Receive receive);

    void start();
    void stop() { consumer_.cancel(); }
    const std::string& queue() const { return queue_; }
    HealthReport health() const { return consumer_.health(); }

    /// Returns when the event is under way. From any thread.
    void send(const Audience& audience, std::string_view text);

  private:
    void receive(client::Delivery delivery) const;

    const std::string instance_;
    const std::string exchange_;
    const std::string queue_;
    client::Connection& connection_;
    const Logger logger_;
    const Clock& clock_;
    const Receive receive_;
    const Serializer serializer_ = json_serializer();
    client::Consumer consumer_;
};

}  // namespace hiratake::websocket
