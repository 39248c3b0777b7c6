#include "gateway/gateway.hpp"

#include <fmt/format.h>

#include <chrono>
#include <utility>

#include "hiratake/base/error.hpp"
#include "hiratake/service/config.hpp"
#include "hiratake/service/metrics.hpp"
#include "hiratake/service/service_container.hpp"
#include "net/event_loop.hpp"
#include "net/run_and_wait.hpp"
#include "rpc/reply_listener.hpp"

namespace hiratake::gateway {
namespace {

constexpr std::int64_t default_max_calls = 1000;
constexpr Duration default_refresh = std::chrono::seconds{60};
constexpr Duration longest_end = std::chrono::seconds{5};

std::size_t max_calls(const Config& config) {
    const auto most = config.integer("gateway.max_calls").value_or(default_max_calls);
    if (most <= 0) throw ConfigurationError(fmt::format("gateway.max_calls: {} is not above zero", most));
    return static_cast<std::size_t>(most);
}

Duration refresh(const Config& config) {
    const Duration every = config.seconds("gateway.refresh").value_or(default_refresh);
    if (every >= DescriptionSchedule::least_pause) return every;
    throw ConfigurationError("gateway.refresh: expected a number of seconds, 1 or more");
}

}  // namespace

void Gateway::setup(ServiceContainer& container) {
    const Environment& environment = container.environment();
    loop_ = &environment.event_loop;
    caller_ = &container.shared<rpc::ReplyListener>().caller();
    calls_.emplace(max_calls(environment.config));
    descriptions_ = std::make_shared<ServiceDescriptions>(*loop_, refresh(environment.config));
    reported_calls_ = environment.metrics.read_gauge(
        "hiratake_gateway_calls", "Requests to published routes that wait for an answer of the service behind them.",
        {{"service", container.service_name()}}, [this] { return static_cast<double>(calls_->count()); });
}

void Gateway::start() {
    post([this] { descriptions_->start(*caller_); });
}

void Gateway::add(const std::string& service, ServiceDescriptions::Listener listener) {
    descriptions_->add(service, std::move(listener));
}

void Gateway::doubt(const std::string& service) {
    post([this, service] { descriptions_->doubt(service); });
}

void Gateway::post(UniqueFunction<void()> task) {
    loop_->post(while_open(std::move(task)));
}

UniqueFunction<void()> Gateway::while_open(UniqueFunction<void()> task) const {
    return [task = std::move(task), is_open = is_open_]() mutable {
        if (*is_open) task();
    };
}

void Gateway::end() noexcept {
    if (!descriptions_ || std::exchange(has_ended_, true)) return;
    reported_calls_.end();
    const auto stop_there = [descriptions = descriptions_, is_open = is_open_] {
        *is_open = false;
        descriptions->stop();
    };
    net::run_and_wait(*loop_, stop_there, longest_end);
}

}  // namespace hiratake::gateway
