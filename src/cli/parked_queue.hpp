#pragma once

#include <cstdint>
#include <deque>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

#include "hiratake/base/clock.hpp"
#include "hiratake/base/log.hpp"
#include "hiratake/base/random.hpp"
#include "hiratake/client/connection.hpp"
#include "hiratake/service/config.hpp"
#include "net/event_loop.hpp"
#include "net/parker.hpp"

namespace hiratake::cli {

/// The parked messages of one queue, one after the other. Those that are not settled go back to their places.
class ParkedQueue {
  public:
    /// Connects. Throws Error where nothing was ever parked, and what a client throws that reaches no broker.
    /// @param queue that of the service, or the one beside it with ".parked" at its end
    ParkedQueue(const Config& config, const Log& log, const std::string& queue);
    /// Gives back what was not settled.
    ~ParkedQueue();
    ParkedQueue(const ParkedQueue&) = delete;
    ParkedQueue& operator=(const ParkedQueue&) = delete;

    const std::string& name() const { return name_; }
    /// The queue that the messages came from.
    std::string origin() const;
    /// How many messages there were when it was opened. Those that are parked later are left alone.
    std::size_t size() const { return size_; }

    /// Begins to take messages.
    /// @param most_at_once how many may be here without being settled
    void open(std::uint16_t most_at_once);
    /// The next message; none after size() of them, or when others hold the rest.
    std::optional<client::Delivery> next();
    /// No further message is taken. To be called before messages are given back: otherwise they would come again.
    void close();

    /// Publishes to a queue, and returns when the broker has confirmed it. Throws Error when it does not.
    void publish(const std::string& queue, std::string_view body, client::MessageProperties properties);
    /// Waits, to keep to a rate.
    void wait_until(TimePoint moment);
    TimePoint now() const { return clock_.now(); }

  private:
    void on_delivery(client::Delivery delivery);

    const std::string name_;
    SystemClock clock_;
    Random random_;
    net::EventLoop loop_;
    client::Connection connection_;
    std::size_t size_ = 0;
    std::size_t taken_ = 0;
    std::mutex mutex_;
    std::deque<client::Delivery> arrived_;
    net::Parker arrival_;
    client::Consumer consumer_;
};

}  // namespace hiratake::cli
