#include "client/status_board.hpp"

#include <fmt/format.h>

#include <utility>

#include "hiratake/client/errors.hpp"

namespace hiratake::client {

void throw_fatal(const std::string& broker, const core::Failure& failure) {
    const auto text = fmt::format("cannot connect to {}: {}", broker, failure.text);
    switch (failure.kind) {
        case core::FailureKind::authentication: throw AuthenticationError{text};
        case core::FailureKind::vhost: throw VhostError{text};
        case core::FailureKind::tls: throw TlsError{text};
        case core::FailureKind::access: throw AccessRefused{text};
        case core::FailureKind::topology: throw TopologyError{text};
        case core::FailureKind::network:
        case core::FailureKind::timeout:
        case core::FailureKind::silence:
        case core::FailureKind::protocol:
        case core::FailureKind::broker_closed: break;
    }
    throw ConnectionError{text};
}

void StatusBoard::set_broker(std::string broker) {
    const std::lock_guard lock{mutex_};
    broker_ = std::move(broker);
}

void StatusBoard::set_ready() {
    const std::lock_guard lock{mutex_};
    is_ready_ = true;
    ++times_ready_;
    last_failure_.reset();
    wake_all();
}

void StatusBoard::set_lost(const core::Failure& failure) {
    const std::lock_guard lock{mutex_};
    is_ready_ = false;
    last_failure_ = failure;
}

void StatusBoard::set_ended(std::optional<core::Failure> fatal) {
    const std::lock_guard lock{mutex_};
    is_ready_ = false;
    is_ended_ = true;
    if (fatal) last_failure_ = fatal;
    fatal_ = std::move(fatal);
    wake_all();
}

bool StatusBoard::is_ready() const {
    const std::lock_guard lock{mutex_};
    return is_ready_;
}

bool StatusBoard::is_ended() const {
    const std::lock_guard lock{mutex_};
    return is_ended_;
}

std::string StatusBoard::broker() const {
    const std::lock_guard lock{mutex_};
    return broker_;
}

std::optional<std::string> StatusBoard::last_failure() const {
    const std::lock_guard lock{mutex_};
    if (!last_failure_) return std::nullopt;
    return last_failure_->text;
}

void StatusBoard::set_message_count(const core::DeclaredQueue& queue) {
    const std::lock_guard lock{mutex_};
    message_counts_[queue.name] = queue.message_count;
}

std::optional<std::uint32_t> StatusBoard::message_count(const std::string& queue) const {
    const std::lock_guard lock{mutex_};
    const auto found = message_counts_.find(queue);
    return found == message_counts_.end() ? std::nullopt : std::optional{found->second};
}

HealthReport StatusBoard::health() const {
    const std::lock_guard lock{mutex_};
    if (is_ready_) return {HealthState::ready, "connected"};
    const std::string reason = last_failure_ ? last_failure_->text : "";
    if (is_ended_) return {HealthState::failed, "closed", reason};
    return {HealthState::not_ready, times_ready_ == 0 ? "connecting" : "reconnecting", reason};
}

std::uint64_t StatusBoard::times_ready() const {
    const std::lock_guard lock{mutex_};
    return times_ready_;
}

template <class Condition>
bool StatusBoard::wait(std::unique_lock<std::mutex>& lock, Deadline deadline, Condition condition) {
    bool was_woken = true;
    while (!condition() && was_woken) {
        net::Parker parker;
        waiting_.push_back(&parker);
        lock.unlock();
        was_woken = parker.park(deadline);
        lock.lock();
        std::erase(waiting_, &parker);
    }
    return condition();
}

void StatusBoard::wake_all() {
    for (net::Parker* parker : waiting_) parker->unpark();
}

void StatusBoard::wait_until_ready(Deadline deadline) {
    std::unique_lock lock{mutex_};
    const bool is_over = wait(lock, deadline, [this] { return is_ready_ || is_ended_; });
    if (is_ready_) return;
    if (fatal_) throw_fatal(broker_, *fatal_);
    if (is_over) throw ConnectionClosed{fmt::format("the connection to {} was closed while it came up", broker_)};
    throw TimeoutError{fmt::format("no connection to {} in time: {}", broker_,
                                   last_failure_ ? last_failure_->text : "the broker has not answered yet")};
}

bool StatusBoard::wait_until_ended(Deadline deadline) {
    std::unique_lock lock{mutex_};
    return wait(lock, deadline, [this] { return is_ended_; });
}

}  // namespace hiratake::client
