#pragma once

#include <memory>
#include <string_view>
#include <utility>

#include "hiratake/events/event_error.hpp"
#include "hiratake/events/event_sender.hpp"
#include "hiratake/payload/convert.hpp"
#include "hiratake/service/dependency_provider.hpp"

namespace hiratake {
namespace events {
class EventPublisher;
class EventDispatcherProvider;
}  // namespace events

/// A dependency: dispatches the service's own events, with the worker's call-id stack and context data.
///
///     hiratake::EventDispatcher dispatch;
///     dispatch("payment_received", payment);
///
/// (Nameko: events.EventDispatcher.)
class EventDispatcher {
  public:
    EventDispatcher() = default;
    /// One that is ready for use, for tests that have a sender of their own, which must outlive it.
    explicit EventDispatcher(EventSender& sender) : sender_(&sender) {}

    /// Returns when the broker has confirmed the event, which says nothing about handlers: an event that nobody listens
    /// to vanishes. Throws EventNotDispatched when the broker does not confirm within 30 s, and JsonError for data
    /// without a JSON form. Where the configuration's `delivery.events` says best_effort it does not wait for the
    /// confirm, and an event that has none is logged.
    template <class Data>
    void operator()(std::string_view event_type, const Data& data) const {
        dispatch(event_type, to_value(data));
    }

    std::unique_ptr<DependencyProvider> make_provider() const;

  private:
    friend class events::EventDispatcherProvider;
    void dispatch(std::string_view event_type, const Value& data) const;

    EventSender* sender_ = nullptr;
    events::EventPublisher* publisher_ = nullptr;
    const WorkerContext* context_ = nullptr;
};

}  // namespace hiratake
