// Several echo services in one process.
//
//   many_services serve URI services=N [prefetch=N]
#include <hiratake/base/log.hpp>
#include <hiratake/runner/service_runner.hpp>
#include <hiratake/service/config.hpp>

#include <chrono>
#include <thread>

#include "echo.hpp"
#include "load/program.hpp"

namespace bench {
namespace {

std::string serve(const CommandLine& line) {
    const auto config = hiratake::Config{}
                            .with("AMQP_URI", line.target)
                            .with("log.level", "warning")
                            .with("prefetch", line.options.prefetch);
    const hiratake::Log log;
    hiratake::ServiceRunner runner{config, log};
    for (int i = 0; i < line.options.services; ++i) {
        auto echo = hiratake::define_service<Echo>();
        echo.name = echo_name(i);
        runner.add(std::move(echo));
    }
    runner.start();
    say_serving();
    while (true) std::this_thread::sleep_for(std::chrono::hours{1});
}

}  // namespace
}  // namespace bench

int main(int argc, char** argv) {
    using namespace bench;
    return run_mode(argc, argv, {{"serve", serve}});
}
