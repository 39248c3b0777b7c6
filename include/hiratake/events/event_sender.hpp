#pragma once

#include <string_view>

namespace hiratake {

class Value;

/// What stands behind an EventDispatcher in a test.
class EventSender {
  public:
    virtual ~EventSender() = default;

    /// On the thread that dispatches.
    virtual void send(std::string_view event_type, const Value& data) = 0;
};

}  // namespace hiratake
