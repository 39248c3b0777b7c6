#pragma once

#include <memory>
#include <string_view>

#include "hiratake/events/event_error.hpp"
#include "hiratake/payload/convert.hpp"
#include "hiratake/service/config.hpp"

namespace hiratake {

namespace client {
class Connection;
}

/// Dispatches events in the name of services, for programs that are no service themselves. Safe from any thread.
///
///     hiratake::ClusterClient cluster{"amqp://guest:guest@localhost"};
///     const hiratake::StandaloneEventDispatcher dispatch{cluster.connection()};
///     dispatch("payments", "payment_received", payment);
///
/// (Nameko: standalone.events.event_dispatcher.)
class StandaloneEventDispatcher {
  public:
    /// @param connection outlives the dispatcher
    /// @param config `serializer`, `delivery.events`, `DECLARE_EVENT_EXCHANGES` and `AUTO_DELETE_EVENT_EXCHANGES` are
    /// looked at
    explicit StandaloneEventDispatcher(client::Connection& connection, const Config& config = {});
    ~StandaloneEventDispatcher();
    StandaloneEventDispatcher(const StandaloneEventDispatcher&) = delete;
    StandaloneEventDispatcher& operator=(const StandaloneEventDispatcher&) = delete;

    /// As EventDispatcher, which see for what it throws.
    /// @param source_service whose event it is
    template <class Data>
    void operator()(std::string_view source_service, std::string_view event_type, const Data& data) const {
        dispatch(source_service, event_type, to_value(data));
    }

  private:
    class Implementation;

    void dispatch(std::string_view source_service, std::string_view event_type, const Value& data) const;

    std::unique_ptr<Implementation> implementation_;
};

}  // namespace hiratake
