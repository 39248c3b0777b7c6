#include "hiratake/events/standalone_event_dispatcher.hpp"

#include <mutex>
#include <set>
#include <string>

#include "events/event_publisher.hpp"
#include "hiratake/base/clock.hpp"
#include "hiratake/base/log.hpp"
#include "service/configured_serializers.hpp"

namespace hiratake {

class StandaloneEventDispatcher::Implementation {
  public:
    Implementation(client::Connection& connection, Config dispatching)
        : config_(std::move(dispatching)),
          publisher_(connection, configured_serializers(config_).outgoing(),
                     configured_guarantee(config_, "delivery.events"), log_, clock_) {}

    void dispatch(std::string_view source_service, std::string_view event_type, const Value& data) {
        declare_once(source_service);
        publisher_.dispatch(source_service, event_type, data, {});
    }

  private:
    // The connection declares again by itself after it was lost.
    void declare_once(std::string_view source_service) {
        const std::lock_guard lock{mutex_};
        if (declared_.contains(source_service)) return;
        publisher_.declare_exchange(source_service, config_);
        declared_.emplace(source_service);
    }

    const Config config_;
    const SystemClock clock_;
    const Log log_;
    events::EventPublisher publisher_;
    std::mutex mutex_;
    std::set<std::string, std::less<>> declared_;
};

StandaloneEventDispatcher::StandaloneEventDispatcher(client::Connection& connection, const Config& config)
    : implementation_(std::make_unique<Implementation>(connection, config)) {}

StandaloneEventDispatcher::~StandaloneEventDispatcher() = default;

void StandaloneEventDispatcher::dispatch(std::string_view source_service, std::string_view event_type,
                                         const Value& data) const {
    implementation_->dispatch(source_service, event_type, data);
}

}  // namespace hiratake
