#include "cli/parked_queue.hpp"

#include <fmt/core.h>

#include <utility>

#include "cli/client_options.hpp"
#include "hiratake/client/errors.hpp"
#include "wire/redelivery.hpp"

namespace hiratake::cli {
namespace {

constexpr std::string_view suffix = ".parked";
constexpr Duration default_timeout = std::chrono::seconds{30};
/// How long the broker may take to deliver what it has said to hold.
constexpr Duration delivery_timeout = std::chrono::seconds{10};

std::string parked_name(const std::string& queue) {
    return queue.ends_with(suffix) ? queue : wire::parked_queue_name(queue);
}

client::ConnectionOptions connection_options(const Config& config) {
    client::ConnectionOptions options;
    options.uris = client::parse_connection_uris(broker_uri(config));
    return options;
}

}  // namespace

ParkedQueue::ParkedQueue(const Config& config, const Log& log, const std::string& queue)
    : name_(parked_name(queue)),
      loop_(log, clock_),
      connection_(connection_options(config), loop_, log, clock_, random_) {
    loop_.start();
    connection_.declare({client::Queue{.name = name_, .passive = true}});
    connection_.start();
    try {
        connection_.wait_until_ready(
            Deadline::after(clock_.now(), config.seconds("rpc_timeout").value_or(default_timeout)));
    } catch (const client::TopologyError& error) {
        throw Error(
            fmt::format("there is no queue '{}': is its name right? It is made when a service starts whose "
                        "entrypoint for '{}' has retry() ({})",
                        name_, origin(), error.what()));
    }
    size_ = connection_.message_count(name_).value_or(0);
}

ParkedQueue::~ParkedQueue() {
    close();
    connection_.close(Deadline::after(clock_.now(), delivery_timeout));
}

std::string ParkedQueue::origin() const {
    return name_.substr(0, name_.size() - suffix.size());
}

void ParkedQueue::open(std::uint16_t most_at_once) {
    if (size_ == 0) return;
    consumer_ = connection_.consume({.queue = name_, .prefetch_count = most_at_once},
                                    [this](client::Delivery delivery) { on_delivery(std::move(delivery)); });
}

void ParkedQueue::on_delivery(client::Delivery delivery) {
    const std::lock_guard lock{mutex_};
    arrived_.push_back(std::move(delivery));
    arrival_.unpark();
}

std::optional<client::Delivery> ParkedQueue::next() {
    if (taken_ == size_) return std::nullopt;
    const Deadline deadline = Deadline::after(clock_.now(), delivery_timeout);
    while (true) {
        {
            const std::lock_guard lock{mutex_};
            if (!arrived_.empty()) {
                std::optional<client::Delivery> delivery{std::move(arrived_.front())};
                arrived_.pop_front();
                ++taken_;
                return delivery;
            }
        }
        if (!arrival_.park(deadline)) return std::nullopt;
    }
}

void ParkedQueue::close() {
    consumer_.cancel();
    consumer_.wait_until_ended(Deadline::after(clock_.now(), delivery_timeout));
    const std::lock_guard lock{mutex_};
    arrived_.clear();
}

void ParkedQueue::publish(const std::string& queue, std::string_view body, client::MessageProperties properties) {
    const client::PublishResult result = connection_.publish_and_wait(
        {.routing_key = queue, .body = body, .properties = std::move(properties), .mandatory = true},
        Deadline::after(clock_.now(), default_timeout));
    if (result.ok()) return;
    if (result.status == client::PublishStatus::returned) {
        throw Error(fmt::format("there is no queue '{}': its service has never been started on this broker", queue));
    }
    throw Error(
        fmt::format("the message did not get into queue '{}': {} {}", queue, to_string(result.status), result.detail));
}

void ParkedQueue::wait_until(TimePoint moment) {
    net::Parker{}.park(Deadline{moment});
}

}  // namespace hiratake::cli
