#include "hiratake/testing/test_runner.hpp"

#include <fmt/core.h>
#include <fmt/format.h>

#include <algorithm>

#include "events/event_publisher.hpp"
#include "hiratake/base/error.hpp"
#include "hiratake/base/manual_clock.hpp"
#include "hiratake/base/random.hpp"
#include "hiratake/broker/broker.hpp"
#include "hiratake/client/connection.hpp"
#include "hiratake/client/connection_source.hpp"
#include "hiratake/service/health.hpp"
#include "hiratake/service/metrics.hpp"
#include "hiratake/service/resources.hpp"
#include "http/http_server.hpp"
#include "http/route_handler.hpp"
#include "net/byte_stream.hpp"
#include "net/event_loop.hpp"
#include "net/parker.hpp"
#include "net/run_and_wait.hpp"
#include "rpc/rpc_client.hpp"
#include "service/configured_serializers.hpp"
#include "testing/firing_log.hpp"
#include "testing/firing_recorder.hpp"
#include "testing/recorded_log.hpp"
#include "wire/names.hpp"

namespace hiratake::testing {
namespace {

// Of real time: for what ends in milliseconds unless something is wrong.
constexpr Duration longest_wait = std::chrono::seconds{20};

Deadline in(Duration limit) {
    return Deadline::after(SystemClock{}.now(), limit);
}

Config with_free_port(Config config) {
    return config.contains("WEB_SERVER_ADDRESS") ? config : config.with("WEB_SERVER_ADDRESS", "127.0.0.1:0");
}

BrokerOptions in_memory() {
    BrokerOptions options;
    options.listeners.clear();
    // A clock that jumps would look like silence.
    options.heartbeat = std::chrono::seconds{0};
    return options;
}

client::ConnectionOptions without_pauses() {
    client::ConnectionOptions options;
    options.uris = client::parse_connection_uris("memory://test");
    options.heartbeat_s = 0;
    // The clock stands still, so that a pause before the next attempt would last until the test moves it.
    options.retry.first_delay = Duration::zero();
    options.retry.max_delay = Duration::zero();
    return options;
}

/// What a worker that was fired by hand leaves behind.
struct Outcome {
    WorkerResult result;
    net::Parker ended;
};

}  // namespace

class TestRunner::Implementation final : public client::ConnectionSource {
  public:
    explicit Implementation(Config test_config)
        : config(with_free_port(std::move(test_config))),
          broker(in_memory(), loop, random),
          connection_(without_pauses(), loop, log.log(), clock, random,
                      [this](const std::string&) { return faults.wrap(broker.connect(loop)); }),
          client(connection_, std::string{wire::standalone_proxy_name}, config, configured_serializers(config),
                 log.log(), clock, random),
          events(connection_, configured_serializers(config).outgoing(),
                 configured_guarantee(config, "delivery.events"), log.log(), clock) {
        resources.add<client::ConnectionSource>(*this);
        resources.add(services);
    }

    client::Connection& connection() override { return connection_; }
    void end();
    std::string look();
    std::string unfinished() const;

    RecordedLog log;
    // The machine's time is where it starts, so that a wait by the machine's clock is no shorter than one by this.
    ManualClock clock{SystemClock{}.now()};
    Random random{1};
    Config config;
    ProgramServices services;
    Resources resources;
    Health health;
    Metrics metrics;
    Faults faults;
    FiringLog firings;
    net::EventLoop loop{log.log(), clock};
    Broker broker;
    client::Connection connection_;
    rpc::RpcClient client;
    events::EventPublisher events;
    Environment environment{log.log(), clock, random, config, loop, resources, health, metrics};
    // Last, so that the containers end before what they were lent.
    std::vector<std::unique_ptr<ServiceContainer>> containers;
    bool is_running = false;
};

void TestRunner::Implementation::end() {
    if (!std::exchange(is_running, false)) return;
    for (auto container = containers.rbegin(); container != containers.rend(); ++container) {
        if (!(*container)->stop(in(longest_wait))) (*container)->kill();
    }
    client.stop();
    connection_.close(Deadline{clock.now()});
    containers.clear();
    broker.stop();
}

/// What is unfinished, seen from the loop's thread.
std::string TestRunner::Implementation::look() {
    // Shared with the loop, which may come to it after the wait.
    const auto left = std::make_shared<std::string>("the runner does not run");
    if (is_running)
        net::run_and_wait(
            loop, [this, left] { *left = unfinished(); }, longest_wait);
    return *left;
}

/// Workers first: what they have published is outstanding when they end. Then publishes: what is confirmed is in its
/// queues. On the loop's thread, where nothing new is handed to workers meanwhile. Empty when all is done.
std::string TestRunner::Implementation::unfinished() const {
    std::vector<std::string> left;
    for (const auto& container : containers) {
        if (const std::size_t workers = container->active_workers(); workers > 0) {
            left.push_back(fmt::format("{} worker(s) of {}", workers, container->service_name()));
        }
    }
    if (const std::size_t publishes = connection_.statistics().outstanding_publishes; publishes > 0) {
        left.push_back(fmt::format("{} unconfirmed publish(es)", publishes));
    }
    for (const QueueContent& queue : broker.queue_contents()) {
        left.push_back(fmt::format("queue {} with {} message(s) waiting and {} unacknowledged", queue.queue,
                                   queue.ready, queue.unacknowledged));
    }
    return fmt::format("{}", fmt::join(left, ", "));
}

TestRunner::TestRunner(Config config) : implementation_(std::make_unique<Implementation>(std::move(config))) {}

TestRunner::~TestRunner() {
    stop();
}

void TestRunner::add(ServiceDefinition definition) {
    Implementation& self = *implementation_;
    for (const auto& container : self.containers) {
        if (container->service_name() == definition.name) {
            throw ConfigurationError(fmt::format("two services are called `{}`", definition.name));
        }
    }
    definition.dependencies.push_back({"", std::make_unique<FiringRecorder>(self.firings), 0});
    self.containers.push_back(std::make_unique<ServiceContainer>(std::move(definition), self.environment));
    self.services.definitions.push_back(&self.containers.back()->definition());
}

void TestRunner::start() {
    Implementation& self = *implementation_;
    self.loop.start();
    self.is_running = true;
    self.broker.start();
    for (const auto& container : self.containers) container->setup();
    for (const auto& container : self.containers) container->start();
    self.client.start();
    self.connection_.start();
    self.connection_.wait_until_ready(in(longest_wait));
}

void TestRunner::stop() {
    implementation_->end();
}

RpcProxy TestRunner::service(std::string name) {
    return RpcProxy{std::move(name), implementation_->client};
}

void TestRunner::dispatch(std::string_view source_service, std::string_view event_type, const Value& data) {
    implementation_->events.dispatch(source_service, event_type, data, {});
}

Value TestRunner::run(std::string_view service_name, std::string_view method, Object context_data,
                      ServiceContainer::Call call) {
    ServiceContainer& host = container(service_name);
    const auto& entrypoints = host.definition().entrypoints;
    const auto found = std::find_if(entrypoints.begin(), entrypoints.end(),
                                    [method](const auto& each) { return each->method_name() == method; });
    if (found == entrypoints.end()) {
        throw ConfigurationError(fmt::format("service `{}` has no entrypoint `{}` to fire", service_name, method));
    }
    // Shared with the worker, which goes on should this call give up.
    const auto outcome = std::make_shared<Outcome>();
    const Entrypoint& entrypoint = **found;
    const bool is_queued = host.submit(entrypoint, [&host, &entrypoint, context_data = std::move(context_data),
                                                    call = std::move(call), outcome]() mutable {
        host.run_worker(entrypoint, {{}, std::move(context_data)}, call,
                        [&outcome](WorkerContext&, WorkerResult& result) { outcome->result = result; });
        outcome->ended.unpark();
    });
    if (!is_queued) throw Error(fmt::format("{}.{} cannot be fired: the service is stopping", service_name, method));
    if (!outcome->ended.park(in(longest_wait))) {
        throw TimeoutError(fmt::format("{}.{}, fired by the test, has not ended within 20 s: what does it wait for?",
                                       service_name, method));
    }
    if (outcome->result.error) std::rethrow_exception(outcome->result.error);
    return outcome->result.returned.value();
}

EntrypointWaiter TestRunner::waiter(std::string service, std::string method) {
    return {implementation_->firings, std::move(service), std::move(method)};
}

void TestRunner::wait_until_idle(Duration limit) {
    Implementation& self = *implementation_;
    const Deadline deadline = in(limit);
    net::Parker pause;
    // Twice, for what the last workers have left to the I/O thread: it has done that before it looks again.
    for (int idle_looks = 0; idle_looks < 2;) {
        const std::string left = self.look();
        if (left.empty()) {
            ++idle_looks;
            continue;
        }
        idle_looks = 0;
        if (deadline.passed(SystemClock{}.now())) {
            throw TimeoutError(
                fmt::format("not idle within {} s: {}", std::chrono::duration<double>(limit).count(), left));
        }
        // Between two looks, so that the threads that are looked at have the processor.
        pause.park(in(std::chrono::milliseconds{1}));
    }
}

void TestRunner::advance(Duration by) {
    implementation_->clock.advance(by);
}

const Clock& TestRunner::clock() const {
    return implementation_->clock;
}

Faults& TestRunner::faults() {
    return implementation_->faults;
}

Broker& TestRunner::broker() {
    return implementation_->broker;
}

std::uint16_t TestRunner::http_port(std::string_view service_name) {
    ServiceContainer& host = container(service_name);
    const auto& entrypoints = host.definition().entrypoints;
    const bool has_routes = std::any_of(entrypoints.begin(), entrypoints.end(), [](const auto& entrypoint) {
        return dynamic_cast<const http::RouteHandler*>(entrypoint.get()) != nullptr;
    });
    if (!has_routes) throw ConfigurationError(fmt::format("service `{}` has no HTTP routes", service_name));
    const std::string& address = host.shared<http::HttpServer>().address();
    return static_cast<std::uint16_t>(std::stoul(address.substr(address.rfind(':') + 1)));
}

client::Connection& TestRunner::connection() {
    return implementation_->connection_;
}

ServiceContainer& TestRunner::container(std::string_view service_name) {
    for (const auto& container : implementation_->containers) {
        if (container->service_name() == service_name) return *container;
    }
    throw ConfigurationError(fmt::format("service `{}` was not added to this TestRunner", service_name));
}

std::vector<std::string> TestRunner::log_lines() const {
    return implementation_->log.lines();
}

bool TestRunner::has_logged(std::string_view text) const {
    const auto lines = log_lines();
    return std::any_of(lines.begin(), lines.end(),
                       [text](const std::string& line) { return line.find(text) != std::string::npos; });
}

}  // namespace hiratake::testing
