#pragma once

#include <memory>
#include <optional>
#include <string>

#include "hiratake/base/log.hpp"
#include "hiratake/service/entrypoint.hpp"
#include "hiratake/service/method_call.hpp"
#include "net/timer.hpp"
#include "timer/tick_schedule.hpp"

namespace hiratake::timer {

/// One method that runs by the clock, one tick after another, on the service's workers.
class TimerEntrypoint final : public Entrypoint {
  public:
    TimerEntrypoint(Duration interval, TimerOptions timer_options, MethodCall method_call);
    ~TimerEntrypoint() override;

    void setup(ServiceContainer& container) override;
    void start() override;
    void stop() noexcept override;
    void kill() noexcept override { stop(); }
    EntrypointDescription describe(const std::string& service_name, const Config& config) const override;

  private:
    /// What the loop's thread alone uses. There is a timer from start() to stop().
    struct State {
        explicit State(TickSchedule tick_schedule) : schedule(tick_schedule) {}
        TickSchedule schedule;
        std::optional<net::Timer> timer;
    };

    void arm();
    void tick();
    void run();
    void end_tick();

    Duration interval_;
    MethodCall method_;
    ServiceContainer* container_ = nullptr;
    std::optional<Logger> logger_;
    // Shared with what a tick posts to the loop when it ends, which may come when the entrypoint is gone.
    std::shared_ptr<State> state_;
};

}  // namespace hiratake::timer
