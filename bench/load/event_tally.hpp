#pragma once

#include <atomic>
#include <cstdint>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "load/figures.hpp"
#include "load/options.hpp"

namespace bench {

/// Keeps the books of a load of events, which are numbered: an event has ended when each handler has had it. Publisher
/// and handlers are in one process. From any thread.
class EventTally {
  public:
    explicit EventTally(const Options& options);

    /// The number of the event to publish now; nothing while `in_flight` are under way.
    std::optional<std::uint64_t> next();
    /// Whether nothing should be published any more.
    bool is_over() const { return Clock::now() >= until_; }

    /// A handler has had the event.
    void handled(std::uint64_t number);

    /// Waits for the events that are under way.
    /// @return the figures, one line of JSON
    /// @throws std::runtime_error when they have not ended within 10 s
    std::string finish();

  private:
    struct Event {
        Clock::time_point began;
        std::atomic<int> handlers_left = 0;
    };
    Event& event(std::uint64_t number) { return events_[number % events_.size()]; }

    const int handlers_;
    const Clock::time_point measured_from_;
    const Clock::time_point until_;
    std::mutex mutex_;
    std::uint64_t begun_ = 0;
    std::atomic<std::uint64_t> ended_ = 0;
    // As many as may be under way; an event has the place of the one so many numbers before.
    std::vector<Event> events_;
    Figures figures_;
};

}  // namespace bench
