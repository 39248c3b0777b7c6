#pragma once

#include <mutex>
#include <string>
#include <vector>

#include "hiratake/events/event_dispatcher.hpp"

namespace hiratake::testing {

/// Stands for whoever listens: keeps what an EventDispatcher dispatches. Safe from any thread. Must outlive its
/// dispatchers.
class FakeEvents final : public EventSender {
  public:
    struct Event {
        std::string type;
        Value data;
    };

    /// Ready for use by a service object of the test's own, or in replace_dependency().
    EventDispatcher dispatcher() { return EventDispatcher{*this}; }

    /// All events so far, in order.
    std::vector<Event> events() const;

    void send(std::string_view event_type, const Value& data) override;

  private:
    mutable std::mutex mutex_;
    std::vector<Event> events_;
};

}  // namespace hiratake::testing
