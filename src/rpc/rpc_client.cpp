#include "rpc/rpc_client.hpp"

#include <fmt/core.h>

#include <array>
#include <span>
#include <utility>

#include "hiratake/base/clock.hpp"
#include "hiratake/base/error.hpp"
#include "hiratake/base/log.hpp"
#include "hiratake/base/random.hpp"
#include "hiratake/client/errors.hpp"
#include "hiratake/rpc/rpc_error.hpp"
#include "hiratake/service/config.hpp"
#include "rpc/configured_deadlines.hpp"
#include "rpc/configured_exchange.hpp"
#include "wire/context.hpp"
#include "wire/deadline_header.hpp"
#include "wire/envelope.hpp"
#include "wire/message_properties.hpp"
#include "wire/names.hpp"
#include "wire/subscription.hpp"

namespace hiratake::rpc {
namespace {

constexpr Duration default_timeout = std::chrono::seconds{30};
constexpr std::int64_t default_max_pending_calls = 100'000;
/// Room for the headers of a usual request.
constexpr std::size_t usual_headers_size = 512;

std::size_t max_pending_calls(const Config& config) {
    const std::int64_t most = config.integer("max_pending_calls").value_or(default_max_pending_calls);
    if (most <= 0) throw ConfigurationError(fmt::format("max_pending_calls: {} is not above zero", most));
    return static_cast<std::size_t>(most);
}

/// Why a call fails whose request did not reach a queue.
std::exception_ptr failure_of(const client::PublishResult& result, std::string_view target) {
    if (result.status == client::PublishStatus::returned) {
        return std::make_exception_ptr(UnknownService(std::string{wire::service_in_routing_key(target)}));
    }
    return std::make_exception_ptr(
        RequestNotSent(fmt::format("call of {} not confirmed by the broker: {}{}{}", target, to_string(result.status),
                                   result.detail.empty() ? "" : ": ", result.detail)));
}

}  // namespace

Duration RpcClient::configured_timeout(const Config& config) {
    const Duration timeout = config.seconds("rpc_timeout").value_or(default_timeout);
    return timeout == Duration::zero() ? no_timeout : timeout;
}

RpcClient::RpcClient(client::Connection& connection, std::string owner, const Config& config, Serializers serializers,
                     const Log& log, const Clock& clock, Random& random)
    : connection_(connection),
      logger_(log, "rpc"),
      clock_(clock),
      random_(random),
      owner_(std::move(owner)),
      exchange_(configured_exchange(config)),
      timeout_(configured_timeout(config)),
      sends_deadlines_(are_deadlines_on(config)),
      guarantee_(configured_guarantee(config, "delivery.rpc")),
      reply_to_(random.uuid4().text()),
      serializers_(std::make_shared<const Serializers>(std::move(serializers))),
      book_(std::make_shared<ReplyBook>(max_pending_calls(config))),
      return_handler_(std::make_shared<client::ReturnHandler>([book = book_](const client::ReturnedMessage& request) {
          const std::string service{wire::service_in_routing_key(request.routing_key)};
          return book->fail(request.properties.correlation_id.value_or(""),
                            std::make_exception_ptr(UnknownService(service)));
      })) {
    connection_.declare(wire::reply_subscription(owner_, reply_to_, exchange_).topology());
}

RpcClient::~RpcClient() {
    stop();
}

std::string RpcClient::reply_queue() const {
    return wire::reply_queue_name(owner_, reply_to_);
}

void RpcClient::start() {
    client::ConsumerOptions options;
    options.queue = reply_queue();
    // Replies are only put down, never worked on: the number that may be on its way is bounded by the calls under way.
    options.prefetch_count = 0;
    if (guarantee_ == DeliveryGuarantee::best_effort) {
        options.no_ack = true;
        connection_.on_return(return_handler_);
    }
    consumer_ =
        connection_.consume(std::move(options), [this](client::Delivery&& delivery) { on_reply(std::move(delivery)); });
}

void RpcClient::stop() noexcept {
    return_handler_.reset();
    consumer_.cancel();
    book_->cancel_all(std::make_exception_ptr(RequestNotSent("the caller stopped before the reply had come")));
}

PendingResult RpcClient::call(RpcRequest request) {
    // Both at once, this one first: what the service is told must not be later than what the caller waits for.
    const bool tells_deadline = sends_deadlines_ && request.is_awaited;
    const WallTime wall_time = tells_deadline ? clock_.wall_time() : WallTime{};
    const TimePoint now = clock_.now();
    const Deadline deadline = Deadline::after(now, request.timeout.value_or(timeout_)).earlier(request.deadline);
    const Serializer& serializer = serializers_->for_calls();
    const std::string body = wire::Request{std::move(request.args), std::move(request.kwargs)}.encode(serializer);
    const wire::Context context{std::move(request.call_id_stack), std::move(request.context_data)};
    std::array<char, usual_headers_size> room;
    amqp::ByteBuffer encoded_headers{std::span<char>{room}};
    amqp::TableWriter headers{encoded_headers};
    wire::write_context(headers, context, logger_);
    if (tells_deadline && !deadline.is_never()) wire::write_deadline(headers, wall_time + deadline.left(now));
    headers.close();

    CallNames names{wire::rpc_routing_key(request.service, request.method),
                    context.call_id_stack.empty() ? "" : context.call_id_stack.back(), random_.uuid4()};
    // Shared between the caller's handle, the book, and the publish under way.
    const auto reply = std::make_shared<PendingReply>(std::move(names), deadline.left(now), deadline, clock_,
                                                      logger_.log(), counters_.timeouts);
    client::Publication publication;
    publication.exchange = exchange_;
    publication.routing_key = reply->target();
    publication.body = body;
    publication.properties = wire::request_properties(serializer, reply->correlation_id(), reply_to_, encoded_headers);
    publication.mandatory = true;
    if (guarantee_ == DeliveryGuarantee::best_effort) {
        publication.properties.delivery_mode = client::transient;
        publication.confirm = false;
    }

    PendingResult pending{reply};
    if (deadline.is_never() && guarantee_ == DeliveryGuarantee::best_effort) {
        reply->fail(std::make_exception_ptr(RequestNotSent(fmt::format(
            "call of {} not sent: by best effort it may be lost, so it needs a timeout; give the proxy one, or set "
            "`rpc_timeout`",
            reply->target()))));
        return pending;
    }
    if (deadline.passed(now)) {
        reply->fail(std::make_exception_ptr(DeadlineExceeded(fmt::format(
            "call of {} not sent: the caller of {} does not wait any more", reply->target(), reply->call_id()))));
        return pending;
    }
    book_->expect(reply, now);
    if (counters_.calls) counters_.calls->increment();
    try {
        connection_.publish(std::move(publication), deadline,
                            [book = book_, reply](const client::PublishResult& result) {
                                if (!result.ok())
                                    book->fail(reply->correlation_id(), failure_of(result, reply->target()));
                            });
    } catch (const Error& error) {
        book_->fail(reply->correlation_id(), std::make_exception_ptr(RequestNotSent(fmt::format(
                                                 "call of {} not sent: {}", reply->target(), error.what()))));
    }
    return pending;
}

void RpcClient::on_reply(client::Delivery&& delivery) {
    delivery.ack();
    try {
        const client::MessageProperties properties = delivery.scan_properties();
        const std::string_view correlation_id = properties.correlation_id.value_or("");
        ReplyOutcome outcome = ReplyOutcome::brought_by(std::move(delivery), properties, serializers_);
        if (!book_->complete(correlation_id, std::move(outcome))) {
            logger_.debug("dropped a reply that nobody expects any more (correlation id `{}`)", correlation_id);
        }
    } catch (const client::ConnectionError& error) {
        logger_.warning("dropped a reply with unreadable properties: {}", error.what());
    }
}

}  // namespace hiratake::rpc
