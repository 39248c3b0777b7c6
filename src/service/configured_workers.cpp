#include "service/configured_workers.hpp"

#include <fmt/core.h>

#include "hiratake/base/error.hpp"
#include "net/fiber_pool.hpp"
#include "net/thread_pool.hpp"
#include "service/concurrency_settings.hpp"

namespace hiratake {
namespace {

// Less does not hold a worker's own calls.
constexpr std::size_t smallest_stack_bytes = std::size_t{32} * 1024;

net::FiberPoolOptions fiber_options(const Config& config, net::WorkerPoolOptions of_workers) {
    net::FiberPoolOptions options{std::move(of_workers)};
    options.stack_bytes = positive_setting(config, "fibers.stack_bytes").value_or(options.stack_bytes);
    if (options.stack_bytes < smallest_stack_bytes) {
        throw ConfigurationError(fmt::format("fibers.stack_bytes: {} is too little for any worker; give at least {}",
                                             options.stack_bytes, smallest_stack_bytes));
    }
    options.max_blocking_threads =
        positive_setting(config, "fibers.max_blocking_threads").value_or(options.max_blocking_threads);
    options.stall_warning_after = config.seconds("fibers.stall_warning_after").value_or(options.stall_warning_after);
    if (options.stall_warning_after == Duration::zero()) {
        throw ConfigurationError(
            "fibers.stall_warning_after: 0 would warn of everything; give some seconds, such as "
            "0.1");
    }
    return options;
}

}  // namespace

std::unique_ptr<net::WorkerPool> configured_workers(const Config& config, net::WorkerPoolOptions options,
                                                    net::EventLoop& loop) {
    const std::string kind = config.text("workers").value_or("threads");
    if (kind == "threads") return std::make_unique<net::ThreadPool>(std::move(options), loop);
    if (kind == "fibers") {
        return std::make_unique<net::FiberPool>(fiber_options(config, std::move(options)), loop);
    }
    throw ConfigurationError(fmt::format("workers: '{}' is not known; give threads or fibers", kind));
}

}  // namespace hiratake
