#include "hiratake/runner/service_runner.hpp"

#include <fmt/core.h>

#include <atomic>
#include <deque>
#include <optional>
#include <string>
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
#include "runner/broker_connection.hpp"
#include "runner/process_metrics.hpp"

namespace hiratake {
namespace {

constexpr std::int64_t most_io_threads = 256;

std::size_t configured_io_threads(const Config& config) {
    const std::int64_t threads = config.integer("io_threads").value_or(1);
    if (threads < 1 || threads > most_io_threads) {
        throw ConfigurationError(
            fmt::format("io_threads: {} is not between 1 and {}; the services of a program are spread over so many "
                        "threads",
                        threads, most_io_threads));
    }
    return static_cast<std::size_t>(threads);
}

}  // namespace

class ServiceRunner::Implementation {
  public:
    Implementation(Config process_config, const Log& log)
        : config(std::move(process_config)), process_reports(runner::report_process(metrics, clock.wall_time())) {
        const std::size_t count = configured_io_threads(config);
        for (std::size_t i = 0; i < count; ++i) loops.emplace_back(log, clock);
        broker.emplace(config, loops.front(), log, clock, random);
        for (std::size_t i = 0; i < count; ++i) {
            io_threads.emplace_back(*this, log, loops[i], count == 1 ? "" : std::to_string(i + 1));
        }
    }

    /// What the services on one I/O thread share.
    struct IoThread {
        IoThread(Implementation& process, const Log& log, net::EventLoop& loop, std::string name)
            : broker(*process.broker, loop, random, process.health, process.metrics, std::move(name)),
              environment{log,  process.clock, random,         process.config,
                          loop, resources,     process.health, process.metrics} {
            resources.add<client::ConnectionSource>(broker);
            resources.add(process.services);
        }

        // Of its own, because each call draws from it.
        Random random;
        runner::BrokerConnection broker;
        Resources resources;
        Environment environment;
    };

    /// The one for the next service. The first is the last to have one: an embedded broker runs there.
    IoThread& next_io_thread() { return io_threads[(containers.size() + 1) % io_threads.size()]; }

    std::vector<client::Connection*> connections() const {
        std::vector<client::Connection*> made;
        for (const IoThread& thread : io_threads) {
            if (client::Connection* connection = thread.broker.made()) made.push_back(connection);
        }
        return made;
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
    std::deque<net::EventLoop> loops;
    Health health;
    Metrics metrics;
    std::vector<Registration> process_reports;
    std::optional<runner::BrokerAccess> broker;
    ProgramServices services;
    std::deque<IoThread> io_threads;
    // Last, so that the containers end before what they were lent.
    std::vector<std::unique_ptr<ServiceContainer>> containers;
    bool is_running = false;
    std::atomic<bool> is_waiting_for_broker = false;
    std::atomic<bool> is_interrupted = false;

    void connect() {
        const auto made = connections();
        if (made.empty()) return;
        for (client::Connection* connection : made) connection->start();
        is_waiting_for_broker = true;
        if (is_interrupted) throw client::ConnectionClosed("interrupted while the services were starting");
        for (client::Connection* connection : made) connection->wait_until_ready(Deadline::never());
        is_waiting_for_broker = false;
    }

    void disconnect(Deadline deadline) {
        for (client::Connection* connection : connections()) connection->close(deadline);
        broker->stop();
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
    self.containers.push_back(
        std::make_unique<ServiceContainer>(std::move(definition), self.next_io_thread().environment));
    self.services.definitions.push_back(&self.containers.back()->definition());
}

void ServiceRunner::start() {
    Implementation& self = *implementation_;
    for (net::EventLoop& loop : self.loops) loop.start();
    self.is_running = true;
    for (const auto& container : self.containers) container->setup();
    // Consumers are known before the connection is made, so that it is ready only when they consume.
    for (const auto& container : self.containers) container->start();
    self.connect();
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
    self.disconnect(deadline);
    return finished;
}

void ServiceRunner::kill() noexcept {
    Implementation& self = *implementation_;
    self.health.begin_to_stop();
    for (const auto& container : self.containers) container->kill();
    self.disconnect(Deadline{self.clock.now()});
}

void ServiceRunner::interrupt() {
    Implementation& self = *implementation_;
    self.is_interrupted = true;
    if (!self.is_waiting_for_broker) return;
    for (client::Connection* connection : self.connections()) connection->close(Deadline{self.clock.now()});
}

client::Connection& ServiceRunner::connection() {
    const auto made = implementation_->connections();
    return made.empty() ? implementation_->io_threads.front().broker.connection() : *made.front();
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
