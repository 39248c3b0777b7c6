#pragma once

#include <string>

namespace hiratake {

/// Which instances handle an event.
enum class HandlerType {
    service_pool,  ///< One instance of each service that listens.
    singleton,     ///< One instance of any service that listens.
    broadcast,     ///< Every instance.
};

/// How a service listens to an event. (Nameko: events.event_handler.)
struct EventHandlerOptions {
    HandlerType type = HandlerType::service_pool;
    /// The queue outlives its consumers and keeps events for them. A broadcast is reliable only under an identifier of
    /// its own.
    bool reliable_delivery = true;
    /// A handler that throws gets the event again, at once, until it succeeds; otherwise the event is gone.
    bool requeue_on_error = false;
    /// Tells the instances apart that each get a broadcast: a host name, say. Drawn anew at every start where it is
    /// empty.
    std::string broadcast_identifier = {};
};

}  // namespace hiratake
