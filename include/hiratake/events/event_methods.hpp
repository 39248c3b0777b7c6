#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "hiratake/events/event_handler_options.hpp"
#include "hiratake/service/entrypoint.hpp"
#include "hiratake/service/method_call.hpp"
#include "hiratake/service/outgoing_message.hpp"

namespace hiratake {
namespace events {

std::unique_ptr<Entrypoint> make_entrypoint(std::string source_service, std::string event_type,
                                            EventHandlerOptions options, MethodCall method);
OutgoingMessage outgoing_event(std::string_view service_name, std::string event_type, SchemaFunction schema);

}  // namespace events

/// The part of Service<T> that declares its event handlers, and the events that it dispatches.
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

    /// For the documentation: the service dispatches events of this type, with data of this C++ type.
    template <class Data>
    OutgoingMessage& dispatches(std::string event_type) {
        return static_cast<Service&>(*this).add(
            events::outgoing_event(ServiceClass::name, std::move(event_type), &schema_of<Data>));
    }
};

}  // namespace hiratake
