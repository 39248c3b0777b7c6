// Events from one service to one or several others, all in one process.
//
//   event_load events URI [handlers=N] [fibers=1] [in_flight=N] ...
//
// A dispatch returns when the broker has confirmed the event, so many workers dispatch at once. With guarantees=0 it
// does not wait for that.
#include <hiratake/base/log.hpp>
#include <hiratake/hiratake.hpp>
#include <hiratake/rpc/cluster_client.hpp>
#include <hiratake/runner/service_runner.hpp>
#include <hiratake/service/config.hpp>

#include <unistd.h>

#include <optional>
#include <string>

#include "load/event_tally.hpp"
#include "load/program.hpp"

namespace bench {
namespace {

constexpr int dispatching_workers = 100;
// The one load of this process.
std::optional<EventTally> tally;

// Of its own for each run: the handlers of an earlier one have left durable queues behind.
const std::string source_name = "bench_source_" + std::to_string(getpid());

struct Source {
    static constexpr auto name = "bench_source";
    hiratake::EventDispatcher dispatch;

    void publish() {
        while (!tally->is_over()) {
            if (const auto number = tally->next()) {
                dispatch("event", static_cast<long>(*number));
            } else {
                hiratake::pause_for(std::chrono::microseconds{50});
            }
        }
    }

    static void define(hiratake::Service<Source>& source) {
        source.max_workers(dispatching_workers);
        source.rpc<&Source::publish>();
    }
};

struct Handler {
    static constexpr auto name = "bench_handler";

    void on_event(long number) { tally->handled(static_cast<std::uint64_t>(number)); }

    static void define(hiratake::Service<Handler>& handler) {
        handler.on_event<&Handler::on_event>(source_name, "event");
    }
};

std::string events(const CommandLine& line) {
    auto config = hiratake::Config{}
                      .with("AMQP_URI", line.target)
                      .with("log.level", "warning")
                      .with("prefetch", line.options.prefetch)
                      .with("io_threads", line.options.io_threads);
    if (!line.options.guarantees) config = config.with("delivery.events", "best_effort");
    if (line.options.fibers) config = config.with("workers", "fibers").with("max_workers", 1000);
    const hiratake::Log log;
    hiratake::ServiceRunner runner{config, log};
    auto source = hiratake::define_service<Source>();
    source.name = source_name;
    runner.add(std::move(source));
    for (int i = 0; i < line.options.handlers; ++i) {
        auto handler = hiratake::define_service<Handler>();
        handler.name.append("_").append(std::to_string(i));
        runner.add(std::move(handler));
    }
    runner.start();
    std::string figures;
    {
        hiratake::ClusterClient cluster{runner.connection(), config, log};
        const auto publisher = cluster.service(source_name).with_timeout(hiratake::no_timeout);
        tally.emplace(line.options);
        std::vector<hiratake::Reply<void>> publishing;
        for (int i = 0; i < dispatching_workers; ++i) publishing.push_back(publisher.call_async<void>("publish"));
        for (auto& each : publishing) each.result();
        figures = tally->finish();
    }
    runner.stop();
    return figures;
}

}  // namespace
}  // namespace bench

int main(int argc, char** argv) {
    using namespace bench;
    return run_mode(argc, argv, {{"events", events}});
}
