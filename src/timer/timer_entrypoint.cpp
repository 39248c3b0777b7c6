#include "timer/timer_entrypoint.hpp"

#include <chrono>
#include <utility>

#include "hiratake/base/error.hpp"
#include "hiratake/service/service_container.hpp"
#include "hiratake/timer/timer_methods.hpp"
#include "net/event_loop.hpp"
#include "net/run_and_wait.hpp"

namespace hiratake::timer {
namespace {

// For a loop that has ended already.
constexpr auto longest_farewell = std::chrono::seconds{5};

double seconds(Duration duration) {
    return std::chrono::duration<double>(duration).count();
}

}  // namespace

TimerEntrypoint::TimerEntrypoint(Duration interval, TimerOptions timer_options, MethodCall method_call)
    : Entrypoint(method_call.signature().method_name()),
      interval_(interval),
      method_(std::move(method_call)),
      state_(std::make_shared<State>(TickSchedule{interval, timer_options})) {
    if (interval <= Duration::zero()) {
        throw ConfigurationError(fmt::format("the timer of {} has an interval of {} s; it must be above zero",
                                             method_name(), seconds(interval)));
    }
}

TimerEntrypoint::~TimerEntrypoint() = default;

void TimerEntrypoint::setup(ServiceContainer& container) {
    container_ = &container;
    logger_.emplace(container.environment().log, container.service_name());
}

void TimerEntrypoint::start() {
    net::EventLoop& loop = container_->environment().event_loop;
    loop.post([this, &loop] {
        state_->timer.emplace(loop);
        state_->schedule.start(loop.clock().now());
        arm();
    });
}

// The container waits for a tick that runs; it finds no timer to set again.
void TimerEntrypoint::stop() noexcept {
    net::run_and_wait(
        container_->environment().event_loop, [state = state_] { state->timer.reset(); }, longest_farewell);
}

void TimerEntrypoint::arm() {
    state_->timer->start(state_->schedule.next(), [this] { tick(); });
}

void TimerEntrypoint::tick() {
    state_->schedule.begin();
    if (container_->submit([this] { run(); })) return;
    logger_->warning("a tick of {} is left out: there is no room in the service's queue for workers", method_name());
    end_tick();
}

// On a worker's thread.
void TimerEntrypoint::run() {
    method_.prepare({}, {}, [this](const ServiceContainer::Call& call) {
        container_->run_worker(*this, {}, call, [](WorkerContext&, WorkerResult&) {});
    });
    container_->environment().event_loop.post([this, state = state_] {
        if (state->timer) end_tick();
    });
}

void TimerEntrypoint::end_tick() {
    const long skipped = state_->schedule.end(container_->environment().clock.now());
    if (skipped > 0) {
        logger_->warning("{} ran longer than its interval of {} s: {} tick(s) skipped", method_name(),
                         seconds(interval_), skipped);
    }
    arm();
}

EntrypointDescription TimerEntrypoint::describe(const std::string& service_name, const Config& config) const {
    auto description = Entrypoint::describe(service_name, config);
    description.kind = "timer";
    description.details = Object{{"interval_seconds", seconds(interval_)}};
    return description;
}

std::unique_ptr<Entrypoint> make_entrypoint(std::chrono::nanoseconds interval, TimerOptions options,
                                            MethodCall method) {
    return std::make_unique<TimerEntrypoint>(interval, options, std::move(method));
}

}  // namespace hiratake::timer
