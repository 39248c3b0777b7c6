#pragma once

#include <cstddef>
#include <memory>
#include <string>

#include "hiratake/base/clock.hpp"

namespace hiratake::net {
class ByteStream;
}

namespace hiratake::testing {

class FaultPlan;

/// Which way a frame goes between the services and the broker.
enum class Direction { to_broker, to_services };

/// A frame of the connection: the one that carries the method. Content frames go the way of their method.
struct FramePoint {
    Direction direction = Direction::to_broker;
    /// As the AMQP specification names it: "basic.publish".
    std::string method;
    /// Counted from here on: 1 is the next.
    std::size_t occurrence = 1;
};

/// What goes wrong on the connection between the services of a TestRunner and their broker. Each fault happens once.
/// Safe from any thread.
class Faults {
  public:
    Faults();
    ~Faults();
    Faults(const Faults&) = delete;
    Faults& operator=(const Faults&) = delete;

    /// The frame does not arrive, and the connection goes on.
    void drop(FramePoint point);
    /// The frame, and all that follows it in that direction, is held up.
    /// @param by of the runner's clock, which the test moves
    void delay(FramePoint point, Duration by);
    /// The connection breaks in place of the frame. Both sides learn of it; the services connect again.
    void cut(FramePoint point);
    /// The connection breaks now.
    void cut();
    /// The broker takes the next publish to be confirmed, but the connection breaks before the confirm, so that it is
    /// published again: how duplicates come about.
    void duplicate_publish() { cut({Direction::to_services, "basic.ack"}); }

    /// How many of the faults that were asked for have not happened yet.
    std::size_t pending() const;

    /// The same stream with the faults on it. On the I/O thread.
    std::unique_ptr<net::ByteStream> wrap(std::unique_ptr<net::ByteStream> stream);

  private:
    // Shared with the streams, which may outlast this object.
    std::shared_ptr<FaultPlan> plan_;
};

}  // namespace hiratake::testing
