#include "hiratake/events/standalone_event_dispatcher.hpp"

#include "events/event_publisher.hpp"
#include "hiratake/base/clock.hpp"
#include "hiratake/base/log.hpp"
#include "service/configured_serializers.hpp"
#include "wire/subscription.hpp"

namespace hiratake {

class StandaloneEventDispatcher::Implementation {
  public:
    Implementation(client::Connection& dispatching, const Config& config)
        : connection(dispatching),
          declares_exchanges(config.boolean("DECLARE_EVENT_EXCHANGES").value_or(true)),
          deletes_exchanges(config.boolean("AUTO_DELETE_EVENT_EXCHANGES").value_or(false)),
          publisher(dispatching, configured_serializers(config).outgoing(), log, clock) {}

    client::Connection& connection;
    const bool declares_exchanges;
    const bool deletes_exchanges;
    const SystemClock clock;
    const Log log;
    events::EventPublisher publisher;
};

StandaloneEventDispatcher::StandaloneEventDispatcher(client::Connection& connection, const Config& config)
    : implementation_(std::make_unique<Implementation>(connection, config)) {}

StandaloneEventDispatcher::~StandaloneEventDispatcher() = default;

void StandaloneEventDispatcher::dispatch(std::string_view source_service, std::string_view event_type,
                                         const Value& data) const {
    Implementation& self = *implementation_;
    if (self.declares_exchanges) {
        self.connection.declare({wire::event_exchange(source_service, self.deletes_exchanges)});
    }
    self.publisher.dispatch(source_service, event_type, data, {});
}

}  // namespace hiratake
