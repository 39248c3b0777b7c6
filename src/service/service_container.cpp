#include "hiratake/service/service_container.hpp"

#include <fmt/ranges.h>

#include <algorithm>
#include <exception>
#include <functional>
#include <map>
#include <numeric>
#include <unordered_map>
#include <utility>
#include <vector>

#include "hiratake/base/error.hpp"
#include "hiratake/base/log.hpp"
#include "hiratake/base/random.hpp"
#include "hiratake/service/config.hpp"
#include "hiratake/service/error_description.hpp"
#include "hiratake/service/health.hpp"
#include "net/fiber.hpp"
#include "service/concurrency_settings.hpp"
#include "service/worker_dispatcher.hpp"
#include "service/worker_metrics.hpp"

namespace hiratake {
namespace {

constexpr std::size_t default_parent_calls_tracked = 10;
/// For messages that may have to wait for each other while workers are free.
constexpr std::size_t messages_for_each_worker = 10;

WorkerSchedule::Options schedule_options(const ServiceDefinition& definition, const ConcurrencySettings& settings) {
    WorkerSchedule::Options options{settings.max_workers, settings.max_queued, {}};
    for (const auto& entrypoint : definition.entrypoints) {
        options.max_running.push_back(entrypoint->options().max_workers().value_or(settings.max_workers));
    }
    return options;
}

bool has_order(const ServiceDefinition& definition) {
    return std::any_of(definition.entrypoints.begin(), definition.entrypoints.end(),
                       [](const auto& entrypoint) { return entrypoint->options().is_ordered(); });
}

}  // namespace

class ServiceContainer::Implementation {
  public:
    Implementation(ServiceDefinition service_definition, const Environment& process_environment)
        : definition(std::move(service_definition)),
          environment(process_environment),
          logger(environment.log, definition.name),
          settings(read_concurrency_settings(environment.config, definition)),
          parent_calls_tracked(
              positive_setting(environment.config, "parent_calls_tracked").value_or(default_parent_calls_tracked)),
          worker_metrics(environment.metrics, definition),
          dispatcher(definition.name, schedule_options(definition, settings), has_order(definition), environment.config,
                     environment.event_loop) {
        for (const auto& entrypoint : definition.entrypoints) {
            positions.emplace(entrypoint.get(), positions.size());
        }
        report_workers();
    }

    void report_workers();
    /// For each method, whatever the number of its entrypoints.
    void report_entrypoints();
    HealthReport worker_health() const;
    void check_options(const Entrypoint& entrypoint) const;
    /// Behind the last for an entrypoint that is not of this container.
    std::size_t position(const Entrypoint& entrypoint) const {
        const auto found = positions.find(&entrypoint);
        return found == positions.end() ? positions.size() : found->second;
    }

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
    ConcurrencySettings settings;
    std::size_t parent_calls_tracked;
    std::vector<std::pair<std::type_index, std::unique_ptr<SharedExtension>>> shared;
    bool running = false;
    WorkerMetrics worker_metrics;
    /// As WorkerSchedule knows them.
    std::unordered_map<const Entrypoint*, std::size_t> positions;
    // Behind what they use, so that the workers end before it.
    WorkerDispatcher dispatcher;
    std::vector<Registration> reports;
};

void ServiceContainer::Implementation::report_workers() {
    const MetricLabels labels{{"service", definition.name}};
    Metrics& metrics = environment.metrics;
    metrics.gauge("hiratake_workers_max", "How many workers may run at once.", labels)
        .set(static_cast<std::int64_t>(settings.max_workers));
    reports.push_back(metrics.read_gauge("hiratake_workers_running", "Workers that run.", labels,
                                         [this] { return static_cast<double>(dispatcher.running()); }));
    reports.push_back(metrics.read_gauge("hiratake_workers_queued", "Calls that wait for a worker.", labels,
                                         [this] { return static_cast<double>(dispatcher.waiting()); }));
    report_entrypoints();
    reports.push_back(environment.health.add("workers " + definition.name, [this] { return worker_health(); }));
}

void ServiceContainer::Implementation::report_entrypoints() {
    std::map<std::string, std::vector<std::size_t>> methods;
    for (const auto& entrypoint : definition.entrypoints) {
        methods[entrypoint->method_name()].push_back(position(*entrypoint));
    }
    for (const auto& [method, entrypoints] : methods) {
        const auto report = [&, this](const char* name, const char* help, auto count) {
            const auto sum = [count, all = entrypoints] {
                return std::transform_reduce(all.begin(), all.end(), 0.0, std::plus{}, count);
            };
            reports.push_back(
                environment.metrics.read_gauge(name, help, {{"service", definition.name}, {"method", method}}, sum));
        };
        report("hiratake_entrypoint_workers_running", "Workers that run the method.",
               [this](std::size_t entrypoint) { return static_cast<double>(dispatcher.running(entrypoint)); });
        report("hiratake_entrypoint_workers_queued", "Calls of the method that wait for a worker.",
               [this](std::size_t entrypoint) { return static_cast<double>(dispatcher.waiting(entrypoint)); });
    }
}

HealthReport ServiceContainer::Implementation::worker_health() const {
    std::vector<std::string_view> full;
    for (const auto& entrypoint : definition.entrypoints) {
        if (dispatcher.is_full(position(*entrypoint))) full.push_back(entrypoint->method_name());
    }
    if (full.empty()) return {HealthState::ready, "available"};
    const bool takes_some = full.size() < definition.entrypoints.size();
    return {takes_some ? HealthState::ready : HealthState::not_ready, takes_some ? "crowded" : "saturated",
            fmt::format("{} of {} workers run, and {} calls wait for one; no more are taken for {}",
                        dispatcher.running(), settings.max_workers, dispatcher.waiting(), fmt::join(full, ", "))};
}

void ServiceContainer::Implementation::check_options(const Entrypoint& entrypoint) const {
    const EntrypointOptions& options = entrypoint.options();
    const auto require = [&](bool is_asked, bool is_able, std::string_view option, std::string_view remedy) {
        if (!is_asked || is_able) return;
        throw ConfigurationError(
            fmt::format("`{}.{}` cannot have {}: {}", definition.name, entrypoint.method_name(), option, remedy));
    };
    require(options.retry_schedule().has_value(), entrypoint.can_retry(), "retry()",
            "that is for event handlers and methods that consume a queue");
    require(options.max_workers().has_value(), entrypoint.can_limit_workers(), "max_workers",
            "that is for RPC and WebSocket methods, HTTP routes, event handlers and methods that consume a queue");
    require(options.prefetch().has_value(), entrypoint.can_set_prefetch(), "prefetch",
            "that is for entrypoints with a queue of their own, event handlers and methods that consume one; the RPC "
            "methods of a service share theirs, whose prefetch is set for the service");
    require(
        options.is_ordered(), entrypoint.can_order(), "ordered_by()",
        "that is for RPC and WebSocket methods, event handlers and methods that consume a queue one message at a time");
    require(options.is_ordered(), !options.retry_schedule(), "both ordered_by() and retry()",
            "a message that waits for another attempt would be overtaken by those behind it; with requeue_on_error it "
            "is not");
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
    return implementation_->settings.max_workers;
}

std::uint16_t ServiceContainer::prefetch_for(const std::vector<const Entrypoint*>& entrypoints) const {
    const ConcurrencySettings& settings = implementation_->settings;
    std::size_t workers = 0;
    bool may_wait_for_others = false;
    for (const Entrypoint* entrypoint : entrypoints) {
        const EntrypointOptions& options = entrypoint->options();
        if (options.prefetch()) return *options.prefetch();
        const std::size_t limit = options.max_workers().value_or(settings.max_workers);
        may_wait_for_others =
            may_wait_for_others || options.is_ordered() || (limit < settings.max_workers && entrypoints.size() > 1);
        workers = std::max(workers, std::min(limit, settings.max_workers));
    }
    if (settings.prefetch) return *settings.prefetch;
    const std::size_t messages = may_wait_for_others ? workers * messages_for_each_worker : workers;
    return static_cast<std::uint16_t>(std::min(messages, EntrypointOptions::most_prefetch));
}

std::size_t ServiceContainer::active_workers() const {
    return implementation_->dispatcher.active();
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
    implementation_->for_each_entrypoint(
        [&](const Entrypoint& entrypoint) { implementation_->check_options(entrypoint); });
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
    if (!self.dispatcher.drain(deadline)) {
        drained = false;
        self.logger.warning("{} worker(s) of {} still run at the stop deadline", self.dispatcher.running(),
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

bool ServiceContainer::submit(const Entrypoint& entrypoint, UniqueFunction<void()>&& task,
                              std::optional<std::string> key) {
    Implementation& self = *implementation_;
    return self.dispatcher.submit(self.position(entrypoint), std::move(task), std::move(key));
}

bool ServiceContainer::submit(UniqueFunction<void()>&& task) {
    Implementation& self = *implementation_;
    return self.dispatcher.submit(self.positions.size(), std::move(task), std::nullopt);
}

bool ServiceContainer::submit_next(const Entrypoint& entrypoint, UniqueFunction<void()> task, std::string key) {
    Implementation& self = *implementation_;
    return self.dispatcher.submit_next(self.position(entrypoint), std::move(task), std::move(key));
}

WorkerContext ServiceContainer::context_for(const Entrypoint& entrypoint, WorkerContext::Inbound&& inbound) const {
    return {service_name(), entrypoint.method_name(), implementation_->environment.random.uuid4(), std::move(inbound),
            implementation_->parent_calls_tracked};
}

void ServiceContainer::run_worker(const Entrypoint& entrypoint, WorkerContext::Inbound&& inbound, const Call& call,
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
        result = {{}, std::current_exception()};
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
        result.returned = call(object.get());
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
