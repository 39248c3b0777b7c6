#include "websocket/push_queue.hpp"

#include <utility>

#include "net/event_loop.hpp"

namespace hiratake::websocket {

void PushQueue::push(Push push) {
    if (push.socket_ids.empty()) return;
    if (loop_.is_loop_thread()) return deliver_(push);
    std::unique_lock lock{mutex_};
    changed_.wait(lock, [this] { return waiting_.size() < capacity || is_closed_; });
    if (is_closed_) return;
    waiting_.push_back(std::move(push));
    // Each delivery takes all that waits.
    if (waiting_.size() > 1) return;
    loop_.post([queue = weak_from_this()] {
        if (const auto self = queue.lock()) self->deliver_all();
    });
}

void PushQueue::deliver_all() {
    std::vector<Push> pushes;
    {
        const std::lock_guard lock{mutex_};
        if (is_closed_) return;
        pushes = std::exchange(waiting_, {});
        is_delivering_ = true;
    }
    changed_.notify_all();
    for (const Push& each : pushes) deliver_(each);
    {
        const std::lock_guard lock{mutex_};
        is_delivering_ = false;
    }
    changed_.notify_all();
}

void PushQueue::close() {
    std::unique_lock lock{mutex_};
    is_closed_ = true;
    waiting_.clear();
    changed_.notify_all();
    changed_.wait(lock, [this] { return !is_delivering_; });
}

}  // namespace hiratake::websocket
