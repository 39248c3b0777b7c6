#include "service/configured_workers.hpp"

#include <fmt/core.h>

#include "hiratake/base/error.hpp"
#include "net/fiber_pool.hpp"
#include "net/thread_pool.hpp"

namespace hiratake {
namespace {

constexpr std::int64_t default_max_workers = 10;
constexpr std::int64_t default_max_queued_workers = 10'000;
// Less does not hold a worker's own calls.
constexpr std::size_t smallest_stack_bytes = std::size_t{32} * 1024;

net::FiberPoolOptions fiber_options(const Config& config, net::WorkerPoolOptions of_workers) {
    net::FiberPoolOptions options{std::move(of_workers)};
    options.stack_bytes =
        positive_setting(config, "fibers.stack_bytes", static_cast<std::int64_t>(options.stack_bytes));
    if (options.stack_bytes < smallest_stack_bytes) {
        throw ConfigurationError(fmt::format("fibers.stack_bytes: {} is too little for any worker; give at least {}",
                                             options.stack_bytes, smallest_stack_bytes));
    }
    options.max_blocking_threads = positive_setting(config, "fibers.max_blocking_threads",
                                                    static_cast<std::int64_t>(options.max_blocking_threads));
    options.stall_warning_after = config.seconds("fibers.stall_warning_after").value_or(options.stall_warning_after);
    if (options.stall_warning_after == Duration::zero()) {
        throw ConfigurationError(
            "fibers.stall_warning_after: 0 would warn of everything; give some seconds, such as "
            "0.1");
    }
    return options;
}

}  // namespace

std::size_t positive_setting(const Config& config, std::string_view key, std::int64_t preset) {
    const std::int64_t value = config.integer(key).value_or(preset);
    if (value < 0) {
        throw ConfigurationError(
            fmt::format("{}: {} is below zero; give a positive number (default {})", key, value, preset));
    }
    return static_cast<std::size_t>(value == 0 ? preset : value);
}

std::size_t configured_max_workers(const Config& config) {
    return positive_setting(config, "max_workers", default_max_workers);
}

std::unique_ptr<net::WorkerPool> configured_workers(const Config& config, const std::string& service_name,
                                                    net::EventLoop& loop) {
    net::WorkerPoolOptions options{
        .name = service_name,
        .max_workers = configured_max_workers(config),
        .max_queued = positive_setting(config, "max_queued_workers", default_max_queued_workers)};
    const std::string kind = config.text("workers").value_or("threads");
    if (kind == "threads") return std::make_unique<net::ThreadPool>(std::move(options), loop);
    if (kind == "fibers") {
        return std::make_unique<net::FiberPool>(fiber_options(config, std::move(options)), loop);
    }
    throw ConfigurationError(fmt::format("workers: '{}' is not known; give threads or fibers", kind));
}

}  // namespace hiratake
