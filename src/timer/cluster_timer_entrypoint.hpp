#pragma once

#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "hiratake/base/log.hpp"
#include "hiratake/client/connection.hpp"
#include "hiratake/service/entrypoint.hpp"
#include "hiratake/service/method_call.hpp"
#include "hiratake/service/registration.hpp"
#include "timer/tick_gate.hpp"
#include "timer/ticker.hpp"
#include "timer/timer_plan.hpp"

namespace hiratake::timer {

/// One method that runs by the clock in one of all instances of the service.
///
/// Each instance publishes each tick to a queue that they share. It has a single active consumer: the broker hands the
/// ticks to one of the instances, one at a time, and, when that one goes, to the next. What the others have published
/// of the same tick is recognised by the moment it was due.
class ClusterTimerEntrypoint final : public Entrypoint {
  public:
    ClusterTimerEntrypoint(TimerPlan plan, MethodCall method_call);
    ~ClusterTimerEntrypoint() override;

    /// Throws ConfigurationError when the method has two such timers.
    void setup(ServiceContainer& container) override;
    void start() override;
    void stop() noexcept override;
    void kill() noexcept override { stop(); }
    EntrypointDescription describe(const std::string& service_name, const Config& config) const override;

  private:
    /// What the loop's thread alone uses. There is a ticker from start() to stop().
    struct State {
        explicit State(TickGate tick_gate) : gate(std::move(tick_gate)) {}
        TickGate gate;
        std::optional<Ticker> ticker;
    };

    void publish(WallTime due);
    void on_tick(client::Delivery delivery);
    void run(client::Delivery& delivery);

    TimerPlan plan_;
    MethodCall method_;
    std::string queue_;
    ServiceContainer* container_ = nullptr;
    client::Connection* connection_ = nullptr;
    std::optional<Logger> logger_;
    // Shared with what a tick posts to the loop when it ends, which may come when the entrypoint is gone.
    std::shared_ptr<State> state_;
    client::Consumer consumer_;
    Registration health_;
};

}  // namespace hiratake::timer
