#include "hiratake/testing/fake_events.hpp"

namespace hiratake::testing {

std::vector<FakeEvents::Event> FakeEvents::events() const {
    const std::lock_guard lock{mutex_};
    return events_;
}

void FakeEvents::send(std::string_view event_type, const Value& data) {
    const std::lock_guard lock{mutex_};
    events_.push_back({std::string{event_type}, data});
}

}  // namespace hiratake::testing
