#include "client/core/reconnect_machine.hpp"

#include <chrono>
#include <utility>

namespace hiratake::client::core {
namespace {

/// A connection that is lost sooner than this has not been healthy: the waits go on growing.
constexpr Duration connection_healthy_after = std::chrono::seconds{10};

double seconds(Duration duration) {
    return std::chrono::duration<double>{duration}.count();
}

}  // namespace

ReconnectMachine::ReconnectMachine(std::vector<ConnectionUri> targets, RetryPolicy policy, const Log& log,
                                   Random& random)
    : targets_(std::move(targets)), policy_(policy), logger_(log, "hiratake.client"), random_(random) {}

ReconnectAction ReconnectMachine::resume(ReconnectEvent event, TimePoint now, const Failure& failure) {
    if (state_ == State::stopped) return ReconnectAction::none;
    switch (event) {
        case ReconnectEvent::start:
            if (state_ != State::idle) return ReconnectAction::none;
            state_ = State::connecting;
            return ReconnectAction::connect;
        case ReconnectEvent::connected:
            if (state_ != State::connecting) return ReconnectAction::none;
            state_ = State::conversing;
            return ReconnectAction::converse;
        case ReconnectEvent::ready:
            if (state_ != State::conversing) return ReconnectAction::none;
            announce_ready(now);
            state_ = State::running;
            return ReconnectAction::run;
        case ReconnectEvent::failed:
            if (state_ == State::waiting || state_ == State::idle) return ReconnectAction::none;
            return lose(failure, now);
        case ReconnectEvent::woken:
            if (state_ != State::waiting) return ReconnectAction::none;
            state_ = State::connecting;
            return ReconnectAction::connect;
        case ReconnectEvent::stop: state_ = State::stopped; return ReconnectAction::stop;
    }
    return ReconnectAction::none;
}

void ReconnectMachine::announce_ready(TimePoint now) {
    ready_since_ = now;
    was_ever_ready_ = true;
    logger_.info("Connected to {}", target().display());
}

ReconnectAction ReconnectMachine::lose(const Failure& failure, TimePoint now) {
    const std::string broker = target().display();
    const bool was_running = state_ == State::running;
    last_failure_ = failure;
    if (!was_ever_ready_ && needs_a_person(failure.kind)) {
        state_ = State::stopped;
        fatal_ = failure;
        return ReconnectAction::stop;
    }
    if (was_running && now - ready_since_ >= connection_healthy_after) failures_in_a_row_ = 0;
    ++failures_in_a_row_;
    target_ = (target_ + 1) % targets_.size();

    // Several hosts: the next one may well be up, so only a whole round of failures is worth a wait.
    const auto round = (failures_in_a_row_ - 1) / static_cast<std::uint32_t>(targets_.size()) + 1;
    const bool round_is_over = failures_in_a_row_ % targets_.size() == 0;
    const Duration delay = round_is_over ? policy_.delay(round, random_.unit()) : Duration::zero();
    logger_.warning("{} {}: {}. Trying {} in {:.1f} s (attempt {}).",
                    was_running ? "Lost the connection to" : "Cannot connect to", broker, failure.text,
                    targets_.size() == 1 ? "again" : target().display(), seconds(delay), failures_in_a_row_);
    wake_up_ = now + delay;
    state_ = State::waiting;
    return ReconnectAction::wait;
}

}  // namespace hiratake::client::core
