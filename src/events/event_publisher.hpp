#pragma once

#include <string_view>
#include <utility>

#include "hiratake/base/clock.hpp"
#include "hiratake/base/log.hpp"
#include "hiratake/client/connection.hpp"
#include "hiratake/payload/serializer.hpp"
#include "hiratake/payload/value.hpp"
#include "hiratake/service/config.hpp"
#include "service/delivery_guarantee.hpp"
#include "wire/context.hpp"

namespace hiratake::events {

/// Puts events on the wire, for a service or for a program that is none. Safe from any thread.
class EventPublisher {
  public:
    /// What is given must outlive the publisher.
    /// @param serializer that events are written with
    EventPublisher(client::Connection& connection, Serializer serializer, DeliveryGuarantee guarantee, const Log& log,
                   const Clock& clock)
        : connection_(connection),
          logger_(log, "events"),
          clock_(clock),
          serializer_(std::move(serializer)),
          guarantee_(guarantee) {}

    /// Declares the exchange of a service's events, unless the configuration leaves that to others.
    void declare_exchange(std::string_view source_service, const Config& config);
    /// Waits for the broker's confirm, unless the guarantee is best effort. Throws as EventDispatcher.
    /// @param source_service whose event it is; its exchange must exist, or the broker refuses
    void dispatch(std::string_view source_service, std::string_view event_type, const Value& data,
                  const wire::Context& context);

  private:
    client::Connection& connection_;
    const Logger logger_;
    const Clock& clock_;
    const Serializer serializer_;
    const DeliveryGuarantee guarantee_;
};

}  // namespace hiratake::events
