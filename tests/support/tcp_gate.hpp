#pragma once

#include <cstdint>
#include <memory>

#include "hiratake/base/clock.hpp"
#include "hiratake/base/log.hpp"
#include "net/event_loop.hpp"
#include "net/listener.hpp"

namespace hiratake::test {

/// A TCP proxy on loopback that a test can close: the connections through it break as they do when a broker dies.
/// Safe from any thread.
class TcpGate {
  public:
    /// Connections to the gate's port are carried on to `target_port` on 127.0.0.1.
    explicit TcpGate(std::uint16_t target_port);
    ~TcpGate();

    std::uint16_t port() const { return listener_->port(); }
    /// Breaks all connections, and each new one at once, until open().
    void close();
    void open();
    /// Breaks all connections; new ones are let through.
    void cut();
    /// How many connections have been let through so far.
    int connections() const;

  private:
    class Relay;
    struct State;

    Log log_;
    SystemClock clock_;
    net::EventLoop loop_;
    // Shared with the operations under way, which may outlast the gate.
    std::shared_ptr<State> state_;
    std::unique_ptr<net::Listener> listener_;
};

}  // namespace hiratake::test
