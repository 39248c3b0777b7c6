#pragma once

#include <memory>
#include <optional>

#include "hiratake/base/log.hpp"
#include "hiratake/service/entrypoint.hpp"
#include "hiratake/service/method_call.hpp"
#include "timer/ticker.hpp"
#include "timer/timer_plan.hpp"

namespace hiratake::timer {

/// One method that runs by the clock, one tick after another, on the service's workers.
class TimerEntrypoint final : public Entrypoint {
  public:
    TimerEntrypoint(TimerPlan plan, MethodCall method_call);
    ~TimerEntrypoint() override;

    void setup(ServiceContainer& container) override;
    void start() override;
    void stop() noexcept override;
    void kill() noexcept override { stop(); }
    EntrypointDescription describe(const std::string& service_name, const Config& config) const override;

  private:
    void tick();
    void run();
    void end_tick();

    TimerPlan plan_;
    MethodCall method_;
    ServiceContainer* container_ = nullptr;
    std::optional<Logger> logger_;
    // There is a ticker from start() to stop(); for the loop's thread alone. Shared with what a tick posts to the loop
    // when it ends, which may come when the entrypoint is gone.
    std::shared_ptr<std::optional<Ticker>> ticker_;
};

}  // namespace hiratake::timer
