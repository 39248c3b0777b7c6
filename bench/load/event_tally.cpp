#include "load/event_tally.hpp"

#include <stdexcept>
#include <thread>

#include "load/timing.hpp"

namespace bench {
EventTally::EventTally(const Options& options)
    : handlers_(options.handlers),
      measured_from_(Clock::now() + to_duration(options.seconds * warm_up_share)),
      until_(measured_from_ + to_duration(options.seconds)),
      events_(static_cast<std::size_t>(options.in_flight)) {}

std::optional<std::uint64_t> EventTally::next() {
    const std::lock_guard lock{mutex_};
    Event& next = event(begun_);
    if (next.handlers_left > 0) return std::nullopt;
    next.began = Clock::now();
    next.handlers_left = handlers_;
    return begun_++;
}

void EventTally::handled(std::uint64_t number) {
    Event& handled = event(number);
    const auto began = handled.began;
    if (--handled.handlers_left != 0) return;
    const std::lock_guard lock{mutex_};
    const auto now = Clock::now();
    if (now >= measured_from_ && now < until_) {
        figures_.count(began, now);
    } else {
        figures_.count_outside();
    }
    ++ended_;
}

std::string EventTally::finish() {
    const auto given_up_at = Clock::now() + ends_within;
    while (true) {
        {
            const std::lock_guard lock{mutex_};
            if (ended_ == begun_) return figures_.to_json(until_ - measured_from_);
        }
        if (Clock::now() > given_up_at) {
            throw std::runtime_error(std::to_string(begun_ - ended_) + " events have not ended within 10 s");
        }
        std::this_thread::sleep_for(std::chrono::milliseconds{1});
    }
}

}  // namespace bench
