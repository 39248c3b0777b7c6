#pragma once

#include <memory>
#include <string>
#include <utility>

#include "hiratake/events/event_handler_options.hpp"
#include "hiratake/service/entrypoint.hpp"
#include "hiratake/service/method_call.hpp"

namespace hiratake {
namespace events {

std::unique_ptr<Entrypoint> make_entrypoint(std::string source_service, std::string event_type,
                                            EventHandlerOptions options, MethodCall method);

}  // namespace events

/// The part of Service<T> that declares its event handlers.
template <class Service, class ServiceClass>
class EventMethods {
  public:
    /// Has the method called with the data of each event of this type. The method has one parameter: a value, or a
    /// struct that the data are read into.
    /// @param event_type may hold the wildcards of a topic exchange: `*` for one word, `#` for any number
    template <auto method>
    EntrypointOptions& on_event(std::string source_service, std::string event_type, EventHandlerOptions options = {}) {
        return static_cast<Service&>(*this).add(
            events::make_entrypoint(std::move(source_service), std::move(event_type), std::move(options),
                                    MethodCall::of<method, ServiceClass>({"event_data"})));
    }
};

}  // namespace hiratake
