#include "hiratake/client/connection.hpp"

#include <fmt/format.h>

#include <array>
#include <mutex>
#include <span>
#include <utility>

#include "amqp/basic_methods.hpp"
#include "amqp/properties.hpp"
#include "client/connection_driver.hpp"
#include "hiratake/amqp/encode_error.hpp"
#include "hiratake/base/clock.hpp"
#include "hiratake/base/error.hpp"
#include "hiratake/base/log.hpp"
#include "hiratake/base/random.hpp"
#include "hiratake/client/errors.hpp"

// What users call, on their own threads: checks and encodes, and leaves the rest to the I/O thread.

namespace hiratake::client {
namespace {

/// Room for the properties of a usual message.
constexpr std::size_t usual_properties_size = 512;

core::PendingPublishPointer encode(Publication&& publication) {
    if (publication.exchange.size() > amqp::max_short_string ||
        publication.routing_key.size() > amqp::max_short_string) {
        throw ConfigurationError{
            fmt::format("cannot publish to exchange '{}' with routing key '{}': AMQP allows names "
                        "of at most {} bytes",
                        publication.exchange, publication.routing_key, amqp::max_short_string)};
    }
    if (!publication.properties.delivery_mode) publication.properties.delivery_mode = persistent;
    try {
        std::array<char, usual_properties_size> room;
        amqp::ByteBuffer properties{std::span<char>{room}};
        amqp::encode_properties(properties, publication.properties);
        const amqp::MessageParts parts{publication.exchange, publication.routing_key, properties, publication.body};
        return core::PendingPublishPointer{new (parts) core::PendingPublish{parts}};
    } catch (const amqp::EncodeError& error) {
        throw ConfigurationError{fmt::format("cannot publish to exchange '{}' with routing key '{}': {}",
                                             publication.exchange, publication.routing_key, error.what())};
    }
}

/// The outcome of a publish that somebody waits for.
struct AwaitedResult {
    net::Parker parker;
    std::mutex mutex;
    std::optional<PublishResult> result;
};

}  // namespace

void Connection::Driver::declare(Topology topology) {
    amqp::ByteBuffer scratch;
    amqp::FrameWriter writer{scratch};
    for (const auto& declaration : topology) {
        try {
            core::write_declaration(writer, 1, declaration);
        } catch (const amqp::EncodeError& error) {
            throw ConfigurationError{fmt::format("cannot declare the {}: {}", to_string(declaration), error.what())};
        }
    }
    inbox_->command([this, topology = std::move(topology)]() mutable { machine_.declare(std::move(topology)); });
}

Consumer Connection::Driver::consume(ConsumerOptions options, DeliveryHandler handler) {
    if (options.consumer_tag.empty()) options.consumer_tag = "hiratake-" + random_.uuid4().text();
    try {
        amqp::ByteBuffer scratch;
        amqp::FrameWriter{scratch}.write_method(
            1, amqp::BasicConsume{
                   .queue = options.queue, .consumer_tag = options.consumer_tag, .arguments = options.arguments});
    } catch (const amqp::EncodeError& error) {
        throw ConfigurationError{fmt::format("cannot consume from queue '{}': {}", options.queue, error.what())};
    }
    // Shared between the user's Consumer and this driver; the link back breaks when either is gone.
    const auto link = std::make_shared<std::weak_ptr<Consumer::Subscription>>();
    auto cancel = [this, inbox = inbox_, link] {
        // The inbox runs the command only while the driver is there.
        inbox->command([this, link] {
            if (const auto cancelled = link->lock()) unsubscribe(*cancelled);
        });
    };
    auto subscription =
        std::make_shared<Consumer::Subscription>(std::move(options), std::move(handler), inbox_, std::move(cancel));
    *link = subscription;
    if (!inbox_->command([this, subscription] { subscribe(subscription); })) {
        throw ConnectionClosed{
            fmt::format("cannot consume from queue '{}': the connection is closed", subscription->options().queue)};
    }
    return Consumer{std::move(subscription)};
}

void Connection::Driver::publish(Publication publication, Deadline deadline, PublishHandler handler) {
    if (!handler) {
        handler = [logger = logger_, exchange = std::string{publication.exchange},
                   routing_key = std::string{publication.routing_key}](const PublishResult& result) {
            if (result.ok()) return;
            logger.error("A message for exchange '{}' with routing key '{}' was not delivered: {} {}", exchange,
                         routing_key, to_string(result.status), result.detail);
        };
    }
    const bool mandatory = publication.mandatory;
    const bool confirm = publication.confirm;
    core::PendingPublishPointer pending = encode(std::move(publication));
    pending->mandatory = mandatory;
    pending->confirm = confirm;
    pending->deadline = deadline;
    pending->handler = std::move(handler);
    const bool may_wait = loop_.may_wait();
    switch (inbox_->publish(pending, may_wait)) {
        case Admission::admitted: return;
        case Admission::full:
            pending->handler(
                may_wait ? PublishResult{PublishStatus::timed_out, "not sent: too many publishes are outstanding"}
                         : PublishResult{PublishStatus::overloaded, "too many publishes are outstanding"});
            return;
        case Admission::closed: break;
    }
    const auto reason = board_.last_failure();
    throw ConnectionClosed{fmt::format("cannot publish: the connection to {} is closed{}{}", board_.broker(),
                                       reason ? ": " : "", reason.value_or(""))};
}

PublishResult Connection::Driver::publish_and_wait(Publication publication, Deadline deadline) {
    if (!loop_.may_wait()) {
        throw ConnectionError{
            "publish_and_wait() on the I/O thread would wait for itself; use publish() with a handler"};
    }
    // Shared with the handler, which may come after the deadline.
    const auto awaited = std::make_shared<AwaitedResult>();
    publish(std::move(publication), deadline, [awaited](const PublishResult& result) {
        const std::lock_guard lock{awaited->mutex};
        awaited->result = result;
        awaited->parker.unpark();
    });
    // The I/O thread knows better what became of it; it is waited for a little longer.
    constexpr Duration grace = std::chrono::milliseconds{200};
    awaited->parker.park(deadline.is_never() ? deadline : Deadline::after(deadline.at(), grace));
    const std::lock_guard lock{awaited->mutex};
    return awaited->result.value_or(PublishResult{PublishStatus::timed_out, "no answer before its deadline"});
}

void Connection::Driver::on_return(const std::shared_ptr<ReturnHandler>& handler) {
    inbox_->command([this, handler = std::weak_ptr{handler}]() mutable {
        std::erase_if(return_handlers_, [](const auto& each) { return each.expired(); });
        return_handlers_.push_back(std::move(handler));
    });
}

Connection::Connection(ConnectionOptions options, net::EventLoop& loop, const Log& log, const Clock& clock,
                       Random& random, MemoryConnector memory)
    : driver_(std::make_shared<Driver>(std::move(options), loop, log, clock, random, std::move(memory))) {
    driver_->attach();
}

Connection::~Connection() {
    driver_->terminate();
}

void Connection::declare(Topology topology) {
    driver_->declare(std::move(topology));
}

Consumer Connection::consume(ConsumerOptions options, DeliveryHandler handler) {
    return driver_->consume(std::move(options), std::move(handler));
}

void Connection::start() {
    driver_->start();
}

void Connection::wait_until_ready(Deadline deadline) {
    driver_->board().wait_until_ready(deadline);
}

bool Connection::is_ready() const {
    return driver_->board().is_ready();
}

std::optional<std::string> Connection::last_failure() const {
    return driver_->board().last_failure();
}

std::optional<std::uint32_t> Connection::message_count(const std::string& queue) const {
    return driver_->board().message_count(queue);
}

HealthReport Connection::health() const {
    return driver_->board().health();
}

ConnectionStatistics Connection::statistics() const {
    return driver_->statistics();
}

void Connection::publish(Publication publication, Deadline deadline, PublishHandler handler) {
    driver_->publish(std::move(publication), deadline, std::move(handler));
}

PublishResult Connection::publish_and_wait(Publication publication, Deadline deadline) {
    return driver_->publish_and_wait(std::move(publication), deadline);
}

void Connection::on_return(const std::shared_ptr<ReturnHandler>& handler) {
    driver_->on_return(handler);
}

void Connection::close(Deadline deadline) {
    driver_->close(deadline);
}

std::string Connection::broker() const {
    return driver_->board().broker();
}

}  // namespace hiratake::client
