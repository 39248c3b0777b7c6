// Calls the echo service.
//
//   echo_client call URI [services=N] [in_flight=N] [rate=N] ...
//   echo_client call memory:// [fibers=1] [io_threads=N] ...    runs the service in this process
//   echo_client first URI -- COMMAND...             starts the service
//
// With fibers=1, what calls is a worker as well: all of it happens on one thread, or on as many as io_threads says.
#include <hiratake/base/log.hpp>
#include <hiratake/rpc/cluster_client.hpp>
#include <hiratake/runner/service_runner.hpp>
#include <hiratake/service/config.hpp>
#include <hiratake/service/waiting.hpp>

#include <algorithm>
#include <deque>
#include <memory>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "echo.hpp"
#include "load/arrivals.hpp"
#include "load/first_reply.hpp"
#include "load/program.hpp"

namespace bench {
namespace {

using hiratake::ClusterClient;
using hiratake::Config;
using hiratake::RpcProxy;

/// Closed loop: waits for the oldest call, as a program would. Replies come back in order, or nearly.
class ProxyCaller final : public Caller {
  public:
    ProxyCaller(std::vector<RpcProxy> services, const Options& options)
        : services_(std::move(services)), text_(options.text_bytes, 'h') {}

    void start(std::uint64_t number) override {
        const RpcProxy& echo = services_[turn_++ % services_.size()];
        calls_.push_back({number, echo.call_async<std::string>("echo", text_, 42)});
    }

    std::optional<Ended> wait(Clock::time_point) override {
        Call call = std::move(calls_.front());
        calls_.pop_front();
        call.reply.result();
        return Ended{call.number, Clock::now()};
    }

  private:
    struct Call {
        std::uint64_t number;
        hiratake::Reply<std::string> reply;
    };
    std::vector<RpcProxy> services_;
    const std::string text_;
    std::size_t turn_ = 0;
    std::deque<Call> calls_;
};

/// Open loop: the I/O thread tells when a reply is there, and the result is taken then.
class ScheduledCaller final : public Caller {
  public:
    ScheduledCaller(ClusterClient& cluster, const Options& options)
        : cluster_(cluster), text_(options.text_bytes, 'h'), is_on_fiber_(options.fibers != 0) {}

    void start(std::uint64_t number) override {
        hiratake::RpcRequest request;
        request.service = Echo::name;
        request.method = "echo";
        request.args = {text_, 42};
        auto& pending = pending_.emplace(number, cluster_.call(std::move(request))).first->second;
        pending.when_ready([arrivals = arrivals_, number] { arrivals->push(number); });
    }

    std::optional<Ended> wait(Clock::time_point until) override {
        if (is_on_fiber_) let_others_run(until);
        const auto ended = arrivals_->wait(is_on_fiber_ ? Clock::time_point::min() : until);
        if (ended) hiratake::from_value<std::string>(pending_.extract(ended->number).mapped().result());
        return ended;
    }

  private:
    // A fiber must not wait on a condition variable. It gives way when it is late, too: nothing can end otherwise.
    void let_others_run(Clock::time_point until) {
        constexpr Clock::duration longest = std::chrono::microseconds{100};
        while (arrivals_->empty()) {
            const auto left = until - Clock::now();
            hiratake::pause_for(std::clamp(left, Clock::duration::zero(), longest));
            if (left <= Clock::duration::zero()) return;
        }
    }

    ClusterClient& cluster_;
    const std::string text_;
    const bool is_on_fiber_;
    // Calls that nobody waits for any more may still end.
    const std::shared_ptr<Arrivals> arrivals_ = std::make_shared<Arrivals>();
    std::unordered_map<std::uint64_t, hiratake::PendingResult> pending_;
};

Config with_guarantees(Config config, const Options& options) {
    return options.guarantees ? config : config.with("delivery.rpc", "best_effort");
}

std::string measure(ClusterClient& cluster, const Options& options) {
    if (options.rate > 0) {
        ScheduledCaller caller{cluster, options};
        return run_load(caller, options);
    }
    std::vector<RpcProxy> services;
    for (int i = 0; i < options.services; ++i) services.push_back(cluster.service(echo_name(i)));
    ProxyCaller caller{std::move(services), options};
    return run_load(caller, options);
}

/// The load as a worker, on a fiber.
struct Calling {
    static constexpr auto name = "bench_caller";
    RpcProxy echo{"bench_echo"};

    // For the one worker that there is.
    static inline const Options* options = nullptr;
    static inline ClusterClient* cluster = nullptr;

    std::string call() {
        if (options->rate > 0) return measure(*cluster, *options);
        ProxyCaller caller{{echo}, *options};
        return run_load(caller, *options);
    }

    static void define(hiratake::Service<Calling>& caller) { caller.rpc<&Calling::call>(); }
};

std::string measure_in_this_process(const Options& options) {
    auto config = with_guarantees(Config{}
                                      .with("AMQP_URI", "memory://")
                                      .with("log.level", "warning")
                                      .with("prefetch", options.prefetch)
                                      .with("io_threads", options.io_threads),
                                  options);
    if (options.fibers) config = config.with("workers", "fibers").with("max_workers", 1000);
    const hiratake::Log log;
    hiratake::ServiceRunner runner{config, log};
    runner.add(hiratake::define_service<Echo>());
    if (options.fibers) runner.add(hiratake::define_service<Calling>());
    runner.start();
    std::string figures;
    {
        ClusterClient cluster{runner.connection(), config, log};
        if (options.fibers) {
            Calling::options = &options;
            Calling::cluster = &cluster;
            figures = cluster.service("bench_caller").with_timeout(hiratake::no_timeout).call<std::string>("call");
        } else {
            figures = measure(cluster, options);
        }
    }
    runner.stop();
    return figures;
}

std::string call(const CommandLine& line) {
    if (line.target == "memory://") return measure_in_this_process(line.options);
    const hiratake::Log log;
    ClusterClient cluster{line.target, with_guarantees({}, line.options), log};
    return measure(cluster, line.options);
}

std::string first(const CommandLine& line) {
    ClusterClient cluster{line.target};
    const RpcProxy echo = cluster.service("bench_echo");
    return first_reply(line.command, [&] {
        try {
            return echo.call<std::string>("echo", "hello", 42) == "hello";
        } catch (const hiratake::UnknownService&) {
            return false;  // its first start has not come so far as to declare its queue
        }
    });
}

}  // namespace
}  // namespace bench

int main(int argc, char** argv) {
    using namespace bench;
    return run_mode(argc, argv, {{"call", call}, {"first", first}});
}
