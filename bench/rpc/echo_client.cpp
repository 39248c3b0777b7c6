// Calls the echo service with a fixed number of calls in flight and prints one line of JSON.
//
//   echo_client URI IN_FLIGHT SECONDS
//   echo_client memory:// IN_FLIGHT SECONDS [fibers]    runs the service in this process
//
// With `fibers`, what calls is a worker as well: all of it happens on one thread.
#include <fmt/core.h>
#include <hiratake/base/log.hpp>
#include <hiratake/rpc/cluster_client.hpp>
#include <hiratake/runner/service_runner.hpp>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <deque>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "echo.hpp"

namespace bench {
namespace {

using Clock = std::chrono::steady_clock;

/// Keeps so many calls under way, always waiting for the oldest: replies come back in order, or nearly.
class Load {
  public:
    explicit Load(hiratake::RpcProxy echo) : echo_(std::move(echo)) {}

    void call() { calls_.push_back({Clock::now(), echo_.call_async<std::string>("echo", "hello", 42)}); }

    void wait_for_oldest(bool counted) {
        Call call = std::move(calls_.front());
        calls_.pop_front();
        call.reply.result();
        if (counted) {
            latencies_us.push_back(std::chrono::duration<double, std::micro>(Clock::now() - call.started).count());
        }
    }

    std::size_t in_flight() const { return calls_.size(); }

    std::vector<double> latencies_us;

  private:
    struct Call {
        Clock::time_point started;
        hiratake::Reply<std::string> reply;
    };
    hiratake::RpcProxy echo_;
    std::deque<Call> calls_;
};

std::string measure(hiratake::RpcProxy echo, int in_flight, double seconds) {
    Load load{std::move(echo)};
    for (int i = 0; i < in_flight; ++i) load.call();
    const auto warm_at = Clock::now() + std::chrono::duration<double>(seconds * 0.2);
    while (Clock::now() < warm_at) {
        load.wait_for_oldest(false);
        load.call();
    }
    const auto start = Clock::now();
    const auto end = start + std::chrono::duration<double>(seconds);
    while (Clock::now() < end) {
        load.wait_for_oldest(true);
        load.call();
    }
    const double elapsed = std::chrono::duration<double>(Clock::now() - start).count();
    while (load.in_flight() > 0) load.wait_for_oldest(false);

    std::sort(load.latencies_us.begin(), load.latencies_us.end());
    const auto percentile = [&](double share) {
        return load.latencies_us[static_cast<std::size_t>(share * static_cast<double>(load.latencies_us.size() - 1))];
    };
    return fmt::format(R"({{"calls_per_second": {:.1f}, "p50_us": {:.1f}, "p99_us": {:.1f}, "calls": {}}})",
                       static_cast<double>(load.latencies_us.size()) / elapsed, percentile(0.5), percentile(0.99),
                       load.latencies_us.size());
}

/// The load as a worker.
struct Caller {
    static constexpr auto name = "bench_caller";
    hiratake::RpcProxy echo{"bench_echo"};

    std::string call(int in_flight, double seconds) { return measure(echo, in_flight, seconds); }

    static void define(hiratake::Service<Caller>& caller) { caller.rpc<&Caller::call>("in_flight", "seconds"); }
};

std::string measure_in_this_process(int in_flight, double seconds, bool on_fibers) {
    using hiratake::Config;
    auto config = Config{}.with("AMQP_URI", "memory://").with("log.level", "warning");
    if (on_fibers) config = config.with("workers", "fibers").with("max_workers", 1000).with("rpc_timeout", 0);
    const hiratake::Log log;
    hiratake::ServiceRunner runner{config, log};
    runner.add(hiratake::define_service<Echo>());
    if (on_fibers) runner.add(hiratake::define_service<Caller>());
    runner.start();
    std::string figures;
    {
        hiratake::ClusterClient cluster{runner.connection(), config, log};
        figures = on_fibers ? cluster.service("bench_caller").call<std::string>("call", in_flight, seconds)
                            : measure(cluster.service("bench_echo"), in_flight, seconds);
    }
    runner.stop();
    return figures;
}

std::string run(const std::string& uri, int in_flight, double seconds, bool on_fibers) {
    if (uri == "memory://") return measure_in_this_process(in_flight, seconds, on_fibers);
    hiratake::ClusterClient cluster{uri};
    return measure(cluster.service("bench_echo"), in_flight, seconds);
}

}  // namespace
}  // namespace bench

int main(int argc, char** argv) {
    const bool on_fibers = argc == 5 && std::string_view{argv[4]} == "fibers";
    if (argc != 4 && !on_fibers) {
        std::fprintf(stderr, "usage: echo_client URI IN_FLIGHT SECONDS [fibers]\n");
        return 2;
    }
    try {
        std::puts(bench::run(argv[1], std::atoi(argv[2]), std::atof(argv[3]), on_fibers).c_str());
        return 0;
    } catch (const std::exception& error) {
        std::fprintf(stderr, "echo_client: %s\n", error.what());
        return 1;
    }
}
