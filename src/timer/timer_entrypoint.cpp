#include "timer/timer_entrypoint.hpp"

#include <utility>

#include "hiratake/service/service_container.hpp"
#include "net/event_loop.hpp"
#include "net/run_and_wait.hpp"

namespace hiratake::timer {

TimerEntrypoint::TimerEntrypoint(TimerPlan plan, MethodCall method_call)
    : Entrypoint(method_call.signature().method_name()),
      plan_(std::move(plan)),
      method_(std::move(method_call)),
      ticker_(std::make_shared<std::optional<Ticker>>()) {}

TimerEntrypoint::~TimerEntrypoint() = default;

void TimerEntrypoint::setup(ServiceContainer& container) {
    container_ = &container;
    logger_.emplace(container.environment().log, container.service_name());
}

void TimerEntrypoint::start() {
    const Environment& environment = container_->environment();
    environment.event_loop.post([this, &environment] {
        TickSchedule schedule(plan_.recurrence, plan_.options, environment.random);
        ticker_->emplace(environment.event_loop, std::move(schedule), plan_.pace, [this](WallTime) { tick(); });
        (*ticker_)->start();
    });
}

// The container waits for a tick that runs; it finds no ticker to go on with.
void TimerEntrypoint::stop() noexcept {
    net::run_and_wait(
        container_->environment().event_loop, [ticker = ticker_] { ticker->reset(); }, longest_farewell);
}

void TimerEntrypoint::tick() {
    if (container_->submit(*this, [this] { run(); })) return;
    logger_->warning("a tick of {} is left out: there is no room in the service's queue for workers", method_name());
    end_tick();
}

// On a worker's thread.
void TimerEntrypoint::run() {
    method_.prepare({}, {}, [this](const ServiceContainer::Call& call) {
        container_->run_worker(*this, {}, call, [](WorkerContext&, WorkerResult&) {});
    });
    container_->environment().event_loop.post([this, ticker = ticker_] {
        if (*ticker) end_tick();
    });
}

void TimerEntrypoint::end_tick() {
    const long skipped = (*ticker_)->end_tick();
    if (skipped > 0) logger_->warning("{} tick(s) of {} skipped: they came due while it ran", skipped, method_name());
}

EntrypointDescription TimerEntrypoint::describe(const std::string& service_name, const Config& config) const {
    auto description = Entrypoint::describe(service_name, config);
    description.kind = "timer";
    description.details = plan_.description;
    return description;
}

}  // namespace hiratake::timer
