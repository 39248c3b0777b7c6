#pragma once

#include <memory>
#include <string>

#include "hiratake/base/log.hpp"
#include "hiratake/client/connection.hpp"
#include "hiratake/events/event_handler_options.hpp"
#include "hiratake/payload/serializer.hpp"
#include "hiratake/service/entrypoint.hpp"
#include "hiratake/service/method_call.hpp"
#include "hiratake/service/registration.hpp"

namespace hiratake::events {

/// One method that handles events of one type: a queue and a consumer of its own.
class EventEntrypoint final : public Entrypoint {
  public:
    EventEntrypoint(std::string source_service, std::string event_type, EventHandlerOptions handler_options,
                    MethodCall method_call);

    void setup(ServiceContainer& container) override;
    void start() override;
    void stop() noexcept override;
    void kill() noexcept override { stop(); }
    EntrypointDescription describe(const std::string& service_name, const Config& config) const override;

  private:
    void on_event(client::Delivery delivery);
    void handle(client::Delivery delivery);
    void run(client::Delivery& delivery);

    std::string source_service_;
    std::string event_type_;
    EventHandlerOptions handler_options_;
    MethodCall method_;
    ServiceContainer* container_ = nullptr;
    client::Connection* connection_ = nullptr;
    std::unique_ptr<Logger> logger_;
    const Serializer serializer_ = json_serializer();
    std::string queue_;
    client::Consumer consumer_;
    Registration health_;
};

}  // namespace hiratake::events
