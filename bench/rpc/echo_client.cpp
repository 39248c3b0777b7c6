// Calls the echo service with a fixed number of calls in flight and prints one line of JSON.
//
//   echo_client URI IN_FLIGHT SECONDS      memory:// runs the service in this process
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

void measure(hiratake::RpcProxy echo, int in_flight, double seconds) {
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
    std::printf("{\"calls_per_second\": %.1f, \"p50_us\": %.1f, \"p99_us\": %.1f, \"calls\": %zu}\n",
                static_cast<double>(load.latencies_us.size()) / elapsed, percentile(0.5), percentile(0.99),
                load.latencies_us.size());
}

int run(const std::string& uri, int in_flight, double seconds) {
    if (uri != "memory://") {
        hiratake::ClusterClient cluster{uri};
        measure(cluster.service("bench_echo"), in_flight, seconds);
        return 0;
    }
    const hiratake::Log log;
    hiratake::ServiceRunner runner{hiratake::Config{hiratake::Object{{"AMQP_URI", uri}}}, log};
    runner.add(hiratake::define_service<Echo>());
    runner.start();
    {
        hiratake::ClusterClient cluster{runner.connection(), hiratake::Config{}, log};
        measure(cluster.service("bench_echo"), in_flight, seconds);
    }
    return runner.stop() ? 0 : 1;
}

}  // namespace
}  // namespace bench

int main(int argc, char** argv) {
    if (argc != 4) {
        std::fprintf(stderr, "usage: echo_client URI IN_FLIGHT SECONDS\n");
        return 2;
    }
    try {
        return bench::run(argv[1], std::atoi(argv[2]), std::atof(argv[3]));
    } catch (const std::exception& error) {
        std::fprintf(stderr, "echo_client: %s\n", error.what());
        return 1;
    }
}
