// Calls and events at full speed while the broker is restarted again and again: docs/soak.md.

#include <fmt/core.h>

#include <CLI/CLI.hpp>
#include <chrono>
#include <cstdlib>
#include <functional>
#include <iostream>
#include <memory>
#include <string>

#include "hiratake/base/error.hpp"
#include "hiratake/client/connection.hpp"
#include "hiratake/rpc/cluster_client.hpp"
#include "hiratake/runner/service_runner.hpp"
#include "net/parker.hpp"
#include "soak/load.hpp"
#include "soak/process_usage.hpp"
#include "soak/soak_broker.hpp"
#include "soak/soak_service.hpp"

namespace hiratake::test {
namespace {

using namespace std::chrono_literals;
using std::chrono::seconds;

// Beyond these there is a leak: a byte lost with each message would be more.
constexpr std::size_t max_growth_kib = 48 * 1024;
constexpr std::size_t max_more_descriptors = 2;
constexpr std::size_t max_more_threads = 2;
// Of each kind; so many does no machine of ours send.
constexpr std::size_t max_messages_per_second = 60'000;

struct Options {
    std::string broker;
    int seconds = 600;
    int restart_every_s = 60;
};

class Soak {
  public:
    explicit Soak(const Options& options) : options_(options) {}
    ~Soak();

    /// @return whether nothing was lost and nothing leaked
    bool run();

  private:
    void restart();
    void rest();
    bool report();
    template <class Condition>
    static bool await(Condition condition, seconds limit = 180s);

    const Options options_;
    Log log_{LogLevel::error, standard_error_sink(plain_line)};
    std::unique_ptr<SoakBroker> broker_ = SoakBroker::make(options_.broker, log_);
    const std::size_t capacity_ = static_cast<std::size_t>(options_.seconds) * max_messages_per_second;
    Ledger event_ledger_{capacity_};
    Ledger call_ledger_{capacity_};
    Gate event_gate_;
    Gate call_gate_;
    std::unique_ptr<ServiceRunner> runner_;
    std::unique_ptr<ClusterClient> cluster_;
    std::unique_ptr<EventLoad> events_;
    std::unique_ptr<CallLoad> calls_;
    int restarts_ = 0;
    ProcessUsage warm_;
    std::size_t warm_queue_count_ = 0;
    TimePoint begun_at_;
};

Soak::~Soak() {
    event_gate_.end();
    call_gate_.end();
    if (calls_) calls_->end();
    if (events_) events_->end();
    cluster_.reset();  // before the load that it tells of what it gives up
}

template <class Condition>
bool Soak::await(Condition condition, seconds limit) {
    const Deadline deadline = Deadline::after(SystemClock{}.now(), limit);
    while (!condition()) {
        if (deadline.passed(SystemClock{}.now())) return false;
        net::Parker().park(Deadline::after(SystemClock{}.now(), 20ms));
    }
    return true;
}

bool Soak::run() {
    SoakService::events = &event_ledger_;
    SoakService::calls = &call_ledger_;
    runner_ = std::make_unique<ServiceRunner>(Config{}.with("AMQP_URI", broker_->uri()), log_);
    runner_->add(define_service<SoakService>());
    runner_->start();
    cluster_ = std::make_unique<ClusterClient>(broker_->uri(), Config{}, log_);
    begun_at_ = SystemClock{}.now();
    events_ = std::make_unique<EventLoad>(*cluster_, event_ledger_, event_gate_);
    // A broker that keeps nothing forgets calls: their callers are not to wait for the whole soak.
    const Duration call_timeout = broker_->keeps_messages() ? 300s : seconds{options_.restart_every_s} / 6;
    calls_ = std::make_unique<CallLoad>(*cluster_, call_ledger_, call_gate_, call_timeout);

    for (int second = options_.restart_every_s; second < options_.seconds; second += options_.restart_every_s) {
        net::Parker().park(Deadline::after(begun_at_, seconds{second}));
        restart();
        if (restarts_ > 1) continue;
        // Warm now: threads, buffers and caches are there, and all has been restored once.
        net::Parker().park(Deadline::after(SystemClock{}.now(), seconds{options_.restart_every_s} / 2));
        rest();
        warm_ = ProcessUsage::now();
        warm_queue_count_ = broker_->queue_count();
        event_gate_.set_closed(false);
        call_gate_.set_closed(false);
    }
    net::Parker().park(Deadline::after(begun_at_, seconds{options_.seconds}));
    rest();
    const bool is_good = report();
    return runner_->stop() && is_good;
}

void Soak::restart() {
    const TimePoint before = SystemClock{}.now();
    if (!broker_->keeps_messages()) {
        // What it has is gone with it, and so what it has confirmed must be away before. Calls go on.
        event_gate_.set_closed(true);
        if (!await([&] { return events_->under_way() == 0 && event_ledger_.lost() == 0; })) {
            throw TimeoutError("confirmed events have not arrived within 180 s, with the broker there all the time");
        }
    }
    broker_->stop();
    if (!await([&] { return !runner_->connection().is_ready() && !cluster_->connection().is_ready(); })) {
        throw TimeoutError("the clients have not noticed within 180 s that the broker is gone");
    }
    broker_->start();
    const Deadline deadline = Deadline::after(SystemClock{}.now(), 180s);
    runner_->connection().wait_until_ready(deadline);
    cluster_->connection().wait_until_ready(deadline);
    event_gate_.set_closed(false);
    ++restarts_;
    fmt::print("restart {} took {:.1f} s: {} events confirmed, {} calls answered; {}\n", restarts_,
               std::chrono::duration<double>(SystemClock{}.now() - before).count(), event_ledger_.confirmed(),
               call_ledger_.confirmed(), ProcessUsage::now().text());
    std::fflush(stdout);
}

/// Has everything that is under way end, if it does: report() tells of what is lost.
void Soak::rest() {
    event_gate_.set_closed(true);
    call_gate_.set_closed(true);
    await(
        [&] {
            return events_->under_way() == 0 && calls_->under_way() == 0 && event_ledger_.lost() == 0 &&
                   broker_->message_count() == 0;
        },
        360s);
}

bool Soak::report() {
    const ProcessUsage end = ProcessUsage::now();
    const double elapsed_s = std::chrono::duration<double>(SystemClock{}.now() - begun_at_).count();
    const auto& failures = calls_->failures();
    const auto line = [&](const char* kind, const Ledger& ledger) {
        fmt::print("{}: {} confirmed ({:.0f} per second), {} lost, {} duplicates\n", kind, ledger.confirmed(),
                   static_cast<double>(ledger.confirmed()) / elapsed_s, ledger.lost(), ledger.duplicates());
    };
    fmt::print("\n{} broker, {:.0f} s, {} restarts\n", options_.broker, elapsed_s, restarts_);
    line("events", event_ledger_);
    line("calls", call_ledger_);
    fmt::print("refused and told so: {} events, {} calls; calls without an answer: {}; wrong: {}\n", events_->refused(),
               failures.not_sent.load(), failures.timed_out.load(), failures.wrong.load());
    const std::size_t queue_count = broker_->queue_count();
    const std::size_t message_count = broker_->message_count();
    fmt::print("when warm: {}\nat the end: {}; {} messages in queues\n", warm_.text(), end.text(), message_count);
    if (queue_count > 0) fmt::print("queues: {} when warm, {} at the end\n", warm_queue_count_, queue_count);

    bool is_good = true;
    const auto expect = [&is_good](bool condition, const char* failure) {
        if (!condition) fmt::print("FAILED: {}\n", failure);
        is_good = is_good && condition;
    };
    expect(event_ledger_.confirmed() > 0 && call_ledger_.confirmed() > 0 && restarts_ > 0, "nothing was tried");
    expect(event_ledger_.lost() == 0, "confirmed events were lost");
    expect(call_ledger_.lost() == 0, "calls were answered that have not run");
    expect(failures.timed_out == 0 || !broker_->keeps_messages(), "calls were lost");
    expect(failures.wrong == 0, "calls ended as they should not");
    expect(end.resident_kib <= warm_.resident_kib + max_growth_kib, "memory leaks");
    expect(end.descriptors <= warm_.descriptors + max_more_descriptors, "descriptors leak");
    expect(end.threads <= warm_.threads + max_more_threads, "threads leak");
    expect(queue_count <= warm_queue_count_, "queues leak");
    expect(message_count == 0, "messages are left in queues");
    return is_good;
}

}  // namespace
}  // namespace hiratake::test

int main(int argc, char** argv) {
    hiratake::test::Options options;
    CLI::App app{"Calls and events at full speed while the broker is restarted again and again."};
    app.add_option("broker", options.broker, "embedded or rabbitmq")->required();
    app.add_option("--seconds", options.seconds, "how long")->check(CLI::Range(1, 86'400));
    app.add_option("--restart-every", options.restart_every_s, "seconds")->check(CLI::Range(1, 86'400));
    CLI11_PARSE(app, argc, argv);
    try {
        return hiratake::test::Soak{options}.run() ? EXIT_SUCCESS : EXIT_FAILURE;
    } catch (const std::exception& error) {
        std::cerr << "FAILED: " << error.what() << '\n';
        return EXIT_FAILURE;
    }
}
