#pragma once

#include <cstddef>
#include <exception>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "broker/core/broker.hpp"
#include "broker/session_driver.hpp"
#include "hiratake/broker/broker_options.hpp"
#include "net/event_loop.hpp"
#include "net/listener.hpp"
#include "net/timer.hpp"

namespace hiratake::broker {

/// The broker's core with its streams and its timer, on one event loop. For the loop's thread, but for what says
/// otherwise.
class Server {
  public:
    Server(const BrokerOptions& options, net::EventLoop& loop, Random& random);
    ~Server();

    /// Binds; from any thread, before accept(). Throws ConfigurationError.
    void listen(const std::vector<BrokerListener>& listeners);
    const std::vector<std::unique_ptr<net::Listener>>& listeners() const { return listeners_; }

    /// From any thread: hands out what connects from now on.
    void accept();
    void add(std::unique_ptr<net::ByteStream> stream);
    /// Accepts no more and tells each client to go; calls `done` when the last one has, or the time is up.
    void shut_down(Duration limit, std::function<void()> done);
    /// Hangs up on everybody.
    void close();

    net::EventLoop& loop() { return loop_; }
    core::Broker& core() { return core_; }
    /// Has the core called when its next moment comes.
    void rearm();
    void remove(SessionDriver& session);
    void log_failure(const net::ByteStream& stream, const std::exception& failure) const;
    void log_end(const net::ByteStream& stream, std::string_view reason) const;

  private:
    void report_if_done();

    net::EventLoop& loop_;
    Logger logger_;
    const std::size_t max_connections_;
    core::Broker core_;
    net::Timer timer_;
    TimePoint armed_for_ = TimePoint::max();
    std::vector<std::unique_ptr<net::Listener>> listeners_;
    std::unordered_map<SessionDriver*, std::shared_ptr<SessionDriver>> sessions_;
    net::Timer stop_timer_;
    bool stopping_ = false;
    std::function<void()> done_;
};

}  // namespace hiratake::broker
