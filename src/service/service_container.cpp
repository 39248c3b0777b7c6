#include "hiratake/service/service_container.hpp"

#include <algorithm>
#include <exception>
#include <utility>
#include <vector>

#include "hiratake/base/error.hpp"
#include "hiratake/base/log.hpp"
#include "hiratake/base/random.hpp"
#include "hiratake/service/config.hpp"
#include "hiratake/service/error_description.hpp"
#include "hiratake/service/health.hpp"
#include "net/fiber.hpp"
#include "net/worker_pool.hpp"
#include "service/configured_workers.hpp"
#include "service/worker_metrics.hpp"

namespace hiratake {
namespace {

constexpr std::int64_t default_parent_calls_tracked = 10;

}  // namespace

class ServiceContainer::Implementation {
  public:
    Implementation(ServiceDefinition service_definition, const Environment& process_environment)
        : definition(std::move(service_definition)),
          environment(process_environment),
          logger(environment.log, definition.name),
          max_workers(configured_max_workers(environment.config)),
          parent_calls_tracked(
              positive_setting(environment.config, "parent_calls_tracked", default_parent_calls_tracked)),
          worker_metrics(environment.metrics, definition),
          workers(configured_workers(environment.config, definition.name, environment.event_loop)) {
        report_workers();
    }

    void report_workers();
    HealthReport worker_health() const;

    template <class Function>
    void for_each_entrypoint(Function function) {
        for (const auto& entrypoint : definition.entrypoints) function(*entrypoint);
    }
    template <class Function>
    void for_each_dependency(Function function) {
        for (const DependencySlot& slot : definition.dependencies) function(*slot.provider);
    }
    /// In the order in which they were made; one that is made on the way is met at the end.
    template <class Function>
    void for_each_shared(Function function) {
        for (std::size_t index = 0; index < shared.size(); ++index) function(*shared[index].second);
    }

    void run_method(WorkerContext& context, const Call& call, WorkerResult& result);
    void hook_dependencies(WorkerContext& context, WorkerResult& result, const char* hook,
                           const std::function<void(DependencyProvider&)>& run);
    void log_failure(const Entrypoint& entrypoint, const WorkerContext& context, const std::exception_ptr& error);

    ServiceDefinition definition;
    const Environment& environment;
    Logger logger;
    std::size_t max_workers;
    std::size_t parent_calls_tracked;
    std::vector<std::pair<std::type_index, std::unique_ptr<SharedExtension>>> shared;
    bool running = false;
    WorkerMetrics worker_metrics;
    // Behind what they use, so that the workers end before it.
    std::unique_ptr<net::WorkerPool> workers;
    std::vector<Registration> reports;
};

void ServiceContainer::Implementation::report_workers() {
    const MetricLabels labels{{"service", definition.name}};
    Metrics& metrics = environment.metrics;
    metrics.gauge("hiratake_workers_max", "How many workers may run at once.", labels)
        .set(static_cast<std::int64_t>(max_workers));
    reports.push_back(metrics.read_gauge("hiratake_workers_running", "Workers that run.", labels,
                                         [this] { return static_cast<double>(workers->running()); }));
    reports.push_back(metrics.read_gauge("hiratake_workers_queued", "Calls that wait for a worker.", labels,
                                         [this] { return static_cast<double>(workers->queued()); }));
    reports.push_back(environment.health.add("workers " + definition.name, [this] { return worker_health(); }));
}

HealthReport ServiceContainer::Implementation::worker_health() const {
    const std::size_t queued = workers->queued();
    if (queued < workers->options().max_queued) return {HealthState::ready, "available"};
    return {HealthState::not_ready, "saturated",
            fmt::format("{} of {} workers run, and {} calls wait for one", workers->running(), max_workers, queued)};
}

ServiceContainer::ServiceContainer(ServiceDefinition definition, const Environment& environment)
    : implementation_(std::make_unique<Implementation>(std::move(definition), environment)) {}

ServiceContainer::~ServiceContainer() {
    kill();
}

const std::string& ServiceContainer::service_name() const {
    return implementation_->definition.name;
}

const ServiceDefinition& ServiceContainer::definition() const {
    return implementation_->definition;
}

const Environment& ServiceContainer::environment() const {
    return implementation_->environment;
}

std::size_t ServiceContainer::max_workers() const {
    return implementation_->max_workers;
}

std::size_t ServiceContainer::active_workers() const {
    return implementation_->workers->active();
}

SharedExtension& ServiceContainer::shared(std::type_index type,
                                          const std::function<std::unique_ptr<SharedExtension>()>& make) {
    auto& all = implementation_->shared;
    const auto found = std::find_if(all.begin(), all.end(), [&](const auto& each) { return each.first == type; });
    if (found != all.end()) return *found->second;
    SharedExtension& made = *all.emplace_back(type, make()).second;
    made.setup(*this);
    return made;
}

void ServiceContainer::setup() {
    implementation_->for_each_entrypoint([&](const Entrypoint& entrypoint) {
        if (!entrypoint.options().retry_schedule() || entrypoint.can_retry()) return;
        throw ConfigurationError(
            fmt::format("`{}.{}` cannot have retry(): that is for event handlers and methods that consume a queue",
                        service_name(), entrypoint.method_name()));
    });
    implementation_->for_each_entrypoint([&](Extension& extension) { extension.setup(*this); });
    implementation_->for_each_dependency([&](Extension& extension) { extension.setup(*this); });
}

void ServiceContainer::start() {
    Implementation& self = *implementation_;
    self.running = true;
    try {
        self.for_each_shared([](Extension& extension) { extension.start(); });
        self.for_each_dependency([](Extension& extension) { extension.start(); });
        self.for_each_entrypoint([](Extension& extension) { extension.start(); });
    } catch (...) {
        kill();
        throw;
    }
}

bool ServiceContainer::stop(Deadline deadline) {
    Implementation& self = *implementation_;
    if (!std::exchange(self.running, false)) return true;
    self.for_each_entrypoint([](Extension& extension) { extension.stop(); });
    bool drained = true;
    self.for_each_entrypoint([&](Entrypoint& entrypoint) { drained = entrypoint.drain(deadline) && drained; });
    if (!self.workers->drain(deadline)) {
        drained = false;
        self.logger.warning("{} worker(s) of {} still run at the stop deadline", self.workers->running(),
                            service_name());
    }
    self.for_each_dependency([](Extension& extension) { extension.stop(); });
    self.for_each_shared([](Extension& extension) { extension.stop(); });
    return drained;
}

void ServiceContainer::kill() noexcept {
    Implementation& self = *implementation_;
    if (!std::exchange(self.running, false)) return;
    self.for_each_entrypoint([](Extension& extension) { extension.kill(); });
    self.for_each_dependency([](Extension& extension) { extension.kill(); });
    self.for_each_shared([](Extension& extension) { extension.kill(); });
}

bool ServiceContainer::submit(UniqueFunction<void()> task) {
    return implementation_->workers->submit(std::move(task)) == net::SubmitResult::accepted;
}

WorkerContext ServiceContainer::context_for(const Entrypoint& entrypoint, WorkerContext::Inbound inbound) const {
    return {service_name(), entrypoint.method_name(), implementation_->environment.random.uuid4(), std::move(inbound),
            implementation_->parent_calls_tracked};
}

void ServiceContainer::run_worker(const Entrypoint& entrypoint, WorkerContext::Inbound inbound, const Call& call,
                                  const ResultHandler& handle_result) {
    Implementation& self = *implementation_;
    WorkerContext context = context_for(entrypoint, std::move(inbound));
    if (net::Fiber* const fiber = net::Fiber::current()) fiber->scheduler().name_task(*fiber, context.call_id());
    WorkerResult result;
    const TimePoint begun_at = self.environment.clock.now();
    self.run_method(context, call, result);
    self.worker_metrics.record(entrypoint, result.error, self.environment.clock.now() - begun_at);
    if (result.error) self.log_failure(entrypoint, context, result.error);

    try {
        handle_result(context, result);
    } catch (...) {
        result = {nullptr, std::current_exception()};
        self.logger.for_call(context.call_id())
            .error("error handling the result of {}: {}", context.call_id(),
                   ErrorDescription::of(result.error).message);
    }
    self.hook_dependencies(context, result, "worker_result",
                           [&](DependencyProvider& provider) { provider.worker_result(context, result); });
    self.hook_dependencies(context, result, "worker_teardown",
                           [&](DependencyProvider& provider) { provider.worker_teardown(context); });
}

void ServiceContainer::Implementation::run_method(WorkerContext& context, const Call& call, WorkerResult& result) {
    if (logger.log().takes(LogLevel::debug, logger.name())) {
        logger.for_call(context.call_id()).debug("running {}", context.call_id());
    }
    try {
        const ServiceDefinition::ServiceObject object = definition.make_object();
        for (const DependencySlot& slot : definition.dependencies) {
            slot.provider->inject(static_cast<std::byte*>(object.get()) + slot.offset, context);
        }
        for_each_dependency([&](DependencyProvider& provider) { provider.worker_setup(context); });
        result.value = call(object.get());
    } catch (...) {
        result.error = std::current_exception();
    }
}

void ServiceContainer::Implementation::hook_dependencies(WorkerContext& context, WorkerResult& result, const char* hook,
                                                         const std::function<void(DependencyProvider&)>& run) {
    for_each_dependency([&](DependencyProvider& provider) {
        try {
            run(provider);
        } catch (...) {
            result.error = std::current_exception();
            const ErrorDescription error = ErrorDescription::of(result.error);
            logger.for_call(context.call_id())
                .error("{} of a dependency failed for {}: {}: {}", hook, context.call_id(), error.type, error.message);
        }
    });
}

void ServiceContainer::Implementation::log_failure(const Entrypoint& entrypoint, const WorkerContext& context,
                                                   const std::exception_ptr& error) {
    const ErrorDescription description = ErrorDescription::of(error);
    const Logger of_call = logger.for_call(context.call_id());
    if (entrypoint.options().is_expected(error)) {
        of_call.warning("(expected) error in worker {}: {}: {}", context.call_id(), description.type,
                        description.message);
    } else {
        of_call.error("error in worker {}: {}: {}", context.call_id(), description.type, description.message);
    }
}

}  // namespace hiratake
