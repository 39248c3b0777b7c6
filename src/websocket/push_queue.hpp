#pragma once

#include <condition_variable>
#include <cstddef>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "websocket/frame.hpp"

namespace hiratake::net {
class EventLoop;
}

namespace hiratake::websocket {

/// The events on their way from workers to the loop's thread, where the sockets are. What several workers push in the
/// same moment is delivered in one go. Shared between its owner and what is posted to the loop.
class PushQueue : public std::enable_shared_from_this<PushQueue> {
  public:
    /// How many pushes may wait. Beyond, workers wait.
    static constexpr std::size_t capacity = 1024;

    struct Push {
        std::vector<std::string> socket_ids;
        EncodedFrame frame;
    };
    /// Called on the loop's thread.
    using Deliver = std::function<void(const Push& push)>;

    /// @param loop outlives the queue
    PushQueue(net::EventLoop& loop, Deliver deliver) : loop_(loop), deliver_(std::move(deliver)) {}

    /// From any thread. On the loop's own, the event is delivered at once.
    void push(Push push);
    /// What waits is dropped, and once this has returned nothing is delivered any more. Not on the loop's thread.
    void close();

  private:
    void deliver_all();

    net::EventLoop& loop_;
    Deliver deliver_;
    std::mutex mutex_;
    std::condition_variable changed_;
    std::vector<Push> waiting_;
    bool is_delivering_ = false;
    bool is_closed_ = false;
};

}  // namespace hiratake::websocket
