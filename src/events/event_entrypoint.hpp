#pragma once

#include <string>

#include "hiratake/events/event_handler_options.hpp"
#include "hiratake/service/entrypoint.hpp"
#include "hiratake/service/method_call.hpp"
#include "messaging/message_consumer.hpp"

namespace hiratake::events {

/// One method that handles events of one type: a queue and a consumer of its own.
class EventEntrypoint final : public Entrypoint {
  public:
    EventEntrypoint(std::string source_service, std::string event_type, EventHandlerOptions handler_options,
                    MethodCall method_call);

    void setup(ServiceContainer& container) override;
    void start() override { consumer_.start(); }
    void stop() noexcept override { consumer_.stop(); }
    void kill() noexcept override { consumer_.stop(); }
    EntrypointDescription describe(const std::string& service_name, const Config& config) const override;

  private:
    std::string source_service_;
    std::string event_type_;
    EventHandlerOptions handler_options_;
    MethodCall method_;
    messaging::MessageConsumer consumer_{*this, method_};
};

}  // namespace hiratake::events
