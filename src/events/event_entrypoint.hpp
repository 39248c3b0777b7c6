#pragma once

#include <string>

#include "hiratake/events/event_handler_options.hpp"
#include "messaging/queue_entrypoint.hpp"

namespace hiratake::events {

/// One method that handles events of one type: a queue and a consumer of its own.
class EventEntrypoint final : public messaging::QueueEntrypoint {
  public:
    EventEntrypoint(std::string source_service, std::string event_type, EventHandlerOptions handler_options,
                    MethodCall method_call);

    EntrypointDescription describe(const std::string& service_name, const Config& config) const override;

  private:
    Options consume_from(const ServiceContainer& container) const override;

    std::string source_service_;
    std::string event_type_;
    EventHandlerOptions handler_options_;
};

}  // namespace hiratake::events
