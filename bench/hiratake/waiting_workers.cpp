// How much memory it takes when many workers of a process, each a fiber, wait for a reply at once.
//
//   waiting_workers wait memory:// workers=N
#include <unistd.h>
#include <hiratake/base/log.hpp>
#include <hiratake/hiratake.hpp>
#include <hiratake/rpc/cluster_client.hpp>
#include <hiratake/runner/service_runner.hpp>
#include <hiratake/service/config.hpp>

#include <atomic>
#include <fstream>
#include <thread>

#include "load/figures.hpp"
#include "load/program.hpp"

namespace bench {
namespace {

std::atomic<int> waiting = 0;
std::atomic<bool> is_released = false;

/// Answers nobody until it is allowed to.
struct Held {
    static constexpr auto name = "bench_held";

    std::string wait() {
        while (!is_released) hiratake::pause_for(std::chrono::milliseconds{10});
        return "released";
    }

    static void define(hiratake::Service<Held>& held) {
        held.max_workers(1);
        held.rpc<&Held::wait>();
    }
};

struct Waiting {
    static constexpr auto name = "bench_waiting";
    hiratake::RpcProxy held{"bench_held", hiratake::no_timeout};

    std::string call() {
        auto reply = held.call_async<std::string>("wait");
        ++waiting;
        return reply.result();
    }

    static void define(hiratake::Service<Waiting>& service) { service.rpc<&Waiting::call>(); }
};

std::size_t resident_bytes() {
    std::ifstream file{"/proc/self/statm"};
    std::size_t size = 0;
    std::size_t resident = 0;
    file >> size >> resident;
    return resident * static_cast<std::size_t>(sysconf(_SC_PAGESIZE));
}

std::string wait(const CommandLine& line) {
    const int workers = line.options.workers;
    const auto config = hiratake::Config{}
                            .with("AMQP_URI", line.target)
                            .with("log.level", "warning")
                            .with("workers", "fibers")
                            .with("max_workers", workers);
    const hiratake::Log log;
    hiratake::ServiceRunner runner{config, log};
    runner.add(hiratake::define_service<Held>());
    runner.add(hiratake::define_service<Waiting>());
    runner.start();
    std::size_t idle = 0;
    std::size_t with_workers = 0;
    {
        hiratake::ClusterClient cluster{runner.connection(), config, log};
        const auto service = cluster.service("bench_waiting").with_timeout(hiratake::no_timeout);
        idle = resident_bytes();
        std::vector<hiratake::Reply<std::string>> replies;
        for (int i = 0; i < workers; ++i) replies.push_back(service.call_async<std::string>("call"));
        const auto given_up_at = Clock::now() + std::chrono::seconds{60};
        while (waiting < workers) {
            if (Clock::now() > given_up_at) throw std::runtime_error("not all workers have come to wait within 60 s");
            std::this_thread::sleep_for(std::chrono::milliseconds{10});
        }
        with_workers = resident_bytes();
        is_released = true;
        for (auto& reply : replies) {
            if (reply.result() != "released") throw std::runtime_error("a worker has had a wrong reply");
        }
    }
    runner.stop();
    char text[128];
    std::snprintf(text, sizeof text, R"({"workers": %d, "idle_bytes": %zu, "resident_bytes": %zu})", workers, idle,
                  with_workers);
    return text;
}

}  // namespace
}  // namespace bench

int main(int argc, char** argv) {
    using namespace bench;
    return run_mode(argc, argv, {{"wait", wait}});
}
