#include "client/inbox.hpp"

#include <utility>

namespace hiratake::client {

bool Inbox::has_room(std::size_t size) const {
    // A message larger than the whole limit is let through alone, or it could never be sent.
    return outstanding_publishes_ < limits_.publishes &&
           (outstanding_publishes_ == 0 || outstanding_bytes_ + size <= limits_.bytes);
}

void Inbox::wake_once() {
    if (!std::exchange(is_awake_, true)) wake_();
}

Admission Inbox::publish(core::PendingPublishPointer& publish, bool may_wait) {
    const std::size_t size = publish->size();
    std::unique_lock lock{mutex_};
    while (!is_closed_ && !has_room(size)) {
        if (!may_wait) return Admission::full;
        net::Parker parker;
        waiting_.push_back(&parker);
        lock.unlock();
        const bool was_woken = parker.park(publish->deadline);
        lock.lock();
        std::erase(waiting_, &parker);
        may_wait = was_woken;
    }
    if (is_closed_) return Admission::closed;
    ++outstanding_publishes_;
    outstanding_bytes_ += size;
    staged_.publishes.push_back(std::move(publish));
    wake_once();
    return Admission::admitted;
}

void Inbox::settle(const core::DeliveryKey& key, core::Settlement settlement) {
    const std::lock_guard lock{mutex_};
    if (is_closed_) return;
    staged_.settlements.push_back({key, settlement});
    wake_once();
}

bool Inbox::command(UniqueFunction<void()> command) {
    const std::lock_guard lock{mutex_};
    if (is_closed_) return false;
    staged_.commands.push_back(std::move(command));
    wake_once();
    return true;
}

void Inbox::expect_take() {
    const std::lock_guard lock{mutex_};
    is_awake_ = true;
}

void Inbox::take(StagedWork& work) {
    const std::lock_guard lock{mutex_};
    is_awake_ = false;
    std::swap(staged_, work);
}

void Inbox::release(std::size_t publishes, std::size_t bytes) {
    const std::lock_guard lock{mutex_};
    outstanding_publishes_ -= publishes;
    outstanding_bytes_ -= bytes;
    for (net::Parker* parker : waiting_) parker->unpark();
}

void Inbox::close() {
    const std::lock_guard lock{mutex_};
    is_closed_ = true;
    for (net::Parker* parker : waiting_) parker->unpark();
}

std::size_t Inbox::outstanding_publishes() const {
    const std::lock_guard lock{mutex_};
    return outstanding_publishes_;
}

bool Inbox::is_closed() const {
    const std::lock_guard lock{mutex_};
    return is_closed_;
}

}  // namespace hiratake::client
