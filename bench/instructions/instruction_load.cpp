// Does one kind of work so many times, one after another, in one process over memory:// and with workers on fibers: all
// of it happens on one thread, so that the instructions it takes can be counted (bench/instructions/check).
//
//   instruction_load call|call_together|publish|route COUNT
#include <hiratake/base/log.hpp>
#include <hiratake/hiratake.hpp>
#include <hiratake/rpc/cluster_client.hpp>
#include <hiratake/runner/service_runner.hpp>

#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <vector>

namespace bench {
namespace {

constexpr int bindings = 1000;

std::atomic<int> handled = 0;

hiratake::amqp::Topology many_bindings() {
    hiratake::amqp::Topology topology{hiratake::amqp::Exchange{.name = "bench_readings", .type = "topic"},
                                      hiratake::amqp::Queue{.name = "bench_readings"}};
    for (int i = 0; i < bindings; ++i) {
        topology.push_back(hiratake::amqp::Binding{.queue = "bench_readings",
                                                   .exchange = "bench_readings",
                                                   .routing_key = "station." + std::to_string(i) + ".#"});
    }
    return topology;
}

struct Work {
    static constexpr auto name = "bench_work";
    hiratake::RpcProxy work{"bench_work"};
    hiratake::Publisher unbound{"bench_unbound", {hiratake::amqp::Exchange{.name = "bench_unbound", .type = "direct"}}};
    hiratake::Publisher readings{"bench_readings"};

    std::string echo(std::string text, long number) {
        static_cast<void>(number);
        return text;
    }
    void handle(std::string /*reading*/) { ++handled; }

    /// A request, a worker, and its reply.
    void call(int count) {
        for (int i = 0; i < count; ++i) work.call<std::string>("echo", "hello", 42);
    }
    /// The same, a hundred at a time.
    void call_together(int count) {
        constexpr int together = 100;
        for (int done = 0; done < count; done += together) {
            std::vector<hiratake::Reply<std::string>> replies;
            for (int i = 0; i < together; ++i) replies.push_back(work.call_async<std::string>("echo", "hello", 42));
            for (auto& reply : replies) reply.result();
        }
    }
    /// A message and its confirm.
    void publish(int count) {
        for (int i = 0; i < count; ++i) unbound.publish("hello", {.routing_key = "nowhere"});
    }
    /// A message, its confirm, its way through a topic exchange, and its handler.
    void route(int count) {
        for (int i = 0; i < count; ++i) readings.publish("hello", {.routing_key = "station.500.temperature"});
    }

    static void define(hiratake::Service<Work>& work) {
        work.rpc<&Work::echo>("text", "number");
        work.rpc<&Work::call>("count");
        work.rpc<&Work::call_together>("count");
        work.rpc<&Work::publish>("count");
        work.rpc<&Work::route>("count");
        work.consume<&Work::handle>("bench_readings", {.topology = many_bindings()});
    }
};

void run(const std::string& kind, int count) {
    const hiratake::Log log;
    const auto config = hiratake::Config{}
                            .with("AMQP_URI", "memory://")
                            .with("log.level", "warning")
                            .with("workers", "fibers")
                            .with("max_workers", 200)
                            .with("rpc_timeout", 0);
    hiratake::ServiceRunner runner{config, log};
    runner.add(hiratake::define_service<Work>());
    runner.start();
    {
        hiratake::ClusterClient cluster{runner.connection(), config, log};
        cluster.service("bench_work").call(kind, count);
    }
    if (kind == "route") {
        for (int seen = handled; seen < count; seen = handled) handled.wait(seen);
    }
    runner.stop();
}

}  // namespace
}  // namespace bench

int main(int argc, char** argv) {
    if (argc != 3) {
        std::fprintf(stderr, "usage: instruction_load call|call_together|publish|route COUNT\n");
        return 2;
    }
    try {
        bench::run(argv[1], std::atoi(argv[2]));
        return 0;
    } catch (const std::exception& error) {
        std::fprintf(stderr, "instruction_load: %s\n", error.what());
        return 1;
    }
}
