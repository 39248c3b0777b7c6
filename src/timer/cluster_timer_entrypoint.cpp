#include "timer/cluster_timer_entrypoint.hpp"

#include <fmt/core.h>

#include <chrono>
#include <cstdint>
#include <utility>

#include "hiratake/base/error.hpp"
#include "hiratake/client/connection_source.hpp"
#include "hiratake/payload/serializer.hpp"
#include "hiratake/service/health.hpp"
#include "hiratake/service/resources.hpp"
#include "hiratake/service/service_container.hpp"
#include "net/event_loop.hpp"
#include "net/run_and_wait.hpp"
#include "wire/names.hpp"

namespace hiratake::timer {
namespace {

using namespace std::chrono_literals;

// A tick that the broker has not taken by then is left to the other instances.
constexpr auto longest_publish = 30s;
// A service that is away for longer finds no old ticks.
constexpr std::int32_t queue_expires_ms = 60 * 60 * 1000;
// What the instances may publish while one tick runs; beyond, the oldest are dropped.
constexpr std::int32_t most_waiting_ticks = 10'000;

client::Queue tick_queue(std::string name) {
    return {
        .name = std::move(name),
        .arguments = {
            {"x-single-active-consumer", true}, {"x-expires", queue_expires_ms}, {"x-max-length", most_waiting_ticks}}};
}

constexpr const char* due_name = "due_unix_ns";

std::string encode(WallTime due) {
    return json_serializer().encode(Object{{due_name, due.time_since_epoch().count()}});
}

/// Throws an Error for what no instance has sent.
WallTime decode(const client::Delivery& delivery) {
    const Value tick = json_serializer().decode(delivery.body());
    const Value* due = tick.find(due_name);
    if (!due) throw Error(fmt::format("there is no `{}` in it", due_name));
    return WallTime{Duration{due->as_integer()}};
}

}  // namespace

ClusterTimerEntrypoint::ClusterTimerEntrypoint(TimerPlan plan, MethodCall method_call)
    : Entrypoint(method_call.signature().method_name()),
      plan_(std::move(plan)),
      method_(std::move(method_call)),
      state_(std::make_shared<State>(TickGate{plan_.recurrence, plan_.options})) {}

ClusterTimerEntrypoint::~ClusterTimerEntrypoint() = default;

void ClusterTimerEntrypoint::setup(ServiceContainer& container) {
    for (const auto& other : container.definition().entrypoints) {
        if (other.get() == this || other->method_name() != method_name() ||
            !dynamic_cast<const ClusterTimerEntrypoint*>(other.get())) {
            continue;
        }
        throw ConfigurationError(fmt::format(
            "{}.{} has two timers with once_per_cluster, which would share a queue; give each a method of its own",
            container.service_name(), method_name()));
    }
    const Environment& environment = container.environment();
    container_ = &container;
    logger_.emplace(environment.log, container.service_name());
    connection_ = &environment.resources.get<client::ConnectionSource>().connection();
    queue_ = wire::timer_queue_name(container.service_name(), method_name());
    connection_->declare({tick_queue(queue_)});
}

void ClusterTimerEntrypoint::start() {
    consumer_ = connection_->consume({.queue = queue_, .prefetch_count = 1},
                                     [this](client::Delivery delivery) { on_tick(std::move(delivery)); });
    const Environment& environment = container_->environment();
    health_ = environment.health.add("consumer " + queue_, [this] { return consumer_.health(); });
    environment.event_loop.post([this, &environment] {
        TickSchedule schedule(plan_.recurrence, plan_.options, environment.random);
        state_->ticker.emplace(environment.event_loop, std::move(schedule), Ticker::Pace::calendar,
                               [this](WallTime due) { publish(due); });
        // The same for all instances, so that they mean the same tick.
        state_->ticker->start(WallTime{});
    });
}

void ClusterTimerEntrypoint::stop() noexcept {
    health_.end();
    consumer_.cancel();
    net::run_and_wait(
        container_->environment().event_loop, [state = state_] { state->ticker.reset(); }, longest_farewell);
}

void ClusterTimerEntrypoint::publish(WallTime due) {
    state_->ticker->end_tick();
    const std::string body = encode(due);
    client::Publication publication{.routing_key = queue_, .body = body};
    publication.properties.content_type = "application/json";
    publication.properties.delivery_mode = client::persistent;
    const Deadline deadline = Deadline::after(container_->environment().clock.now(), longest_publish);
    connection_->publish(std::move(publication), deadline,
                         [logger = *logger_, method = method_name()](const client::PublishResult& result) {
                             if (result.ok()) return;
                             logger.warning(
                                 "a tick of {} could not be handed to the broker, and runs only if another "
                                 "instance's was: {}: {}",
                                 method, to_string(result.status), result.detail);
                         });
}

void ClusterTimerEntrypoint::on_tick(client::Delivery delivery) {
    auto verdict = TickGate::Verdict::known;
    try {
        verdict = state_->gate.judge(decode(delivery), container_->environment().clock.wall_time());
    } catch (const Error& error) {
        logger_->error("dropped a message of queue `{}`: no tick: {}", queue_, error.what());
    }
    if (verdict == TickGate::Verdict::missed) {
        logger_->warning("a tick of {} skipped: it came due while another ran", method_name());
    }
    if (verdict != TickGate::Verdict::run) return delivery.ack();
    // A delivery that no worker takes is dropped with its task, and so goes back to the queue: to come again here, as
    // a tick that is known, or to the next instance when this one stops.
    if (container_->submit(*this, [this, held = std::move(delivery)]() mutable { run(held); })) return;
    logger_->warning("a tick of {} is left out: there is no room in the service's queue for workers", method_name());
}

// On a worker's thread.
void ClusterTimerEntrypoint::run(client::Delivery& delivery) {
    method_.prepare({}, {}, [this](const ServiceContainer::Call& call) {
        container_->run_worker(*this, {}, call, [](WorkerContext&, WorkerResult&) {});
    });
    const Environment& environment = container_->environment();
    // Before the acknowledgement, and so before the next tick.
    environment.event_loop.post([state = state_, &environment] { state->gate.end(environment.clock.wall_time()); });
    delivery.ack();
}

EntrypointDescription ClusterTimerEntrypoint::describe(const std::string& service_name, const Config& config) const {
    auto description = Entrypoint::describe(service_name, config);
    description.kind = "timer";
    description.details = plan_.description;
    description.details.set("once_per_cluster", true);
    return description;
}

}  // namespace hiratake::timer
