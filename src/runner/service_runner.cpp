#include "hiratake/runner/service_runner.hpp"

#include <fmt/core.h>

#include <atomic>
#include <utility>
#include <vector>

#include "hiratake/base/clock.hpp"
#include "hiratake/base/error.hpp"
#include "hiratake/base/log.hpp"
#include "hiratake/base/random.hpp"
#include "hiratake/client/errors.hpp"
#include "hiratake/service/config.hpp"
#include "hiratake/service/health.hpp"
#include "hiratake/service/metrics.hpp"
#include "hiratake/service/resources.hpp"
#include "hiratake/service/service_container.hpp"
#include "net/parker.hpp"
#include "runner/broker_access.hpp"
#include "runner/process_metrics.hpp"

namespace hiratake {

class ServiceRunner::Implementation {
  public:
    Implementation(Config process_config, const Log& log)
        : config(std::move(process_config)),
          loop(log, clock),
          process_reports(runner::report_process(metrics, clock.wall_time())),
          broker(config, loop, log, clock, random, health, metrics),
          environment{log, clock, random, config, loop, resources, health, metrics} {
        resources.add<client::ConnectionSource>(broker);
        resources.add(services);
    }

    Duration stop_timeout() const {
        constexpr Duration preset = std::chrono::seconds{30};
        return config.seconds("stop_timeout").value_or(preset);
    }

    /// From here on the process is not ready, and whoever sends it requests has the time to learn so.
    void announce_stop() {
        health.begin_to_stop();
        const Duration delay = config.seconds("http.drain_delay").value_or(Duration::zero());
        net::Parker never_woken;
        if (is_running && delay > Duration::zero()) never_woken.park(Deadline::after(clock.now(), delay));
        is_running = false;
    }

    SystemClock clock;
    Random random;
    Config config;
    net::EventLoop loop;
    Health health;
    Metrics metrics;
    std::vector<Registration> process_reports;
    runner::BrokerAccess broker;
    ProgramServices services;
    Resources resources;
    Environment environment;
    // Last, so that the containers end before what they were lent.
    std::vector<std::unique_ptr<ServiceContainer>> containers;
    bool is_running = false;
    std::atomic<bool> is_waiting_for_broker = false;
    std::atomic<bool> is_interrupted = false;

    void wait_for_broker() {
        is_waiting_for_broker = true;
        if (is_interrupted) throw client::ConnectionClosed("interrupted while the services were starting");
        broker.connection().wait_until_ready(Deadline::never());
        is_waiting_for_broker = false;
    }
};

ServiceRunner::ServiceRunner(Config config, const Log& log)
    : implementation_(std::make_unique<Implementation>(std::move(config), log)) {}

ServiceRunner::~ServiceRunner() {
    kill();
}

void ServiceRunner::add(ServiceDefinition definition) {
    Implementation& self = *implementation_;
    for (const auto& container : self.containers) {
        if (container->service_name() == definition.name) {
            throw ConfigurationError(
                fmt::format("two services are called `{}`; each needs a name of its own", definition.name));
        }
    }
    self.containers.push_back(std::make_unique<ServiceContainer>(std::move(definition), self.environment));
    self.services.definitions.push_back(&self.containers.back()->definition());
}

void ServiceRunner::start() {
    Implementation& self = *implementation_;
    self.loop.start();
    self.is_running = true;
    for (const auto& container : self.containers) container->setup();
    // Consumers are known before the connection is made, so that it is ready only when they consume.
    for (const auto& container : self.containers) container->start();
    if (self.broker.is_used()) {
        self.broker.connection().start();
        self.wait_for_broker();
    }
}

bool ServiceRunner::stop() {
    Implementation& self = *implementation_;
    self.announce_stop();
    const Deadline deadline = Deadline::after(self.clock.now(), self.stop_timeout());
    bool finished = true;
    // The last one first: a service is listed after those that it calls.
    for (auto container = self.containers.rbegin(); container != self.containers.rend(); ++container) {
        finished = (*container)->stop(deadline) && finished;
    }
    self.broker.close(deadline);
    return finished;
}

void ServiceRunner::kill() noexcept {
    Implementation& self = *implementation_;
    self.health.begin_to_stop();
    for (const auto& container : self.containers) container->kill();
    self.broker.close(Deadline{self.clock.now()});
}

void ServiceRunner::interrupt() {
    Implementation& self = *implementation_;
    self.is_interrupted = true;
    if (self.is_waiting_for_broker) self.broker.connection().close(Deadline{self.clock.now()});
}

client::Connection& ServiceRunner::connection() {
    return implementation_->broker.connection();
}

std::string ServiceRunner::service_names() const {
    std::string names;
    for (const auto& container : implementation_->containers) {
        if (!names.empty()) names += ", ";
        names += container->service_name();
    }
    return names;
}

}  // namespace hiratake
