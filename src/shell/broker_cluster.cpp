#include "shell/broker_cluster.hpp"

#include <fmt/core.h>

#include <utility>

#include "hiratake/base/deadline.hpp"
#include "hiratake/base/error.hpp"
#include "hiratake/client/connection.hpp"
#include "service/configured_serializers.hpp"
#include "shell/interrupted.hpp"
#include "wire/context.hpp"
#include "wire/message_properties.hpp"
#include "wire/names.hpp"

namespace hiratake::shell {
namespace {

constexpr Duration default_event_timeout = std::chrono::seconds{30};

}  // namespace

/// A call whose result can be waited for with an eye on Ctrl-C: a thread of its own waits for the result, and the
/// shell's thread for that one or for the interruption. After an interruption the result can be asked for again.
class BrokerCluster::WaitedCall final : public PendingCall {
  public:
    WaitedCall(BrokerCluster& cluster, PendingResult pending)
        : cluster_(cluster), wait_(std::make_shared<Wait>(std::move(pending))) {}
    ~WaitedCall() override {
        if (thread_.joinable()) cluster_.left_waiting_.push_back(std::move(thread_));
    }

    Value result() override {
        cluster_.interrupted_ = false;
        if (!wait_->pending.ready() && !thread_.joinable()) {
            thread_ = std::thread{[wait = wait_, &parker = cluster_.parker_] {
                wait->until_ready();
                parker.unpark();
            }};
        }
        while (!wait_->pending.ready()) {
            cluster_.parker_.park();
            if (cluster_.interrupted_) throw Interrupted{};
        }
        if (thread_.joinable()) thread_.join();
        return wait_->pending.result();
    }

  private:
    struct Wait {
        explicit Wait(PendingResult result) : pending(std::move(result)) {}

        void until_ready() {
            try {
                pending.result();
            } catch (const std::exception&) {
                // result() is asked again by the one who wants to know.
            }
        }
        PendingResult pending;
    };

    BrokerCluster& cluster_;
    std::shared_ptr<Wait> wait_;  // shared between this call and its thread, whichever lives longer
    std::thread thread_;
};

BrokerCluster::BrokerCluster(const std::string& broker, const Config& config, const Log& log)
    : logger_(log, "shell"),
      timeout_(config.seconds("rpc_timeout").value_or(default_event_timeout)),
      client_(std::make_unique<ClusterClient>(broker, config, log)),
      broker_(client_->connection().broker()),
      serializer_(configured_serializers(config).outgoing()) {}

BrokerCluster::~BrokerCluster() {
    disconnect();
}

std::unique_ptr<PendingCall> BrokerCluster::call(const std::string& service, const std::string& method, Array args,
                                                 Object kwargs) {
    RpcRequest request;
    request.service = service;
    request.method = method;
    request.args = std::move(args);
    request.kwargs = std::move(kwargs);
    return std::make_unique<WaitedCall>(*this, client().call(std::move(request)));
}

void BrokerCluster::dispatch_event(const std::string& service, const std::string& type, Value data) {
    const Deadline deadline = Deadline::after(clock_.now(), timeout_ == Duration::zero() ? Duration::max() : timeout_);
    const std::string exchange = wire::event_exchange_name(service);
    client::Connection& connection = client().connection();
    connection.declare({client::Exchange{.name = exchange, .type = "topic"}});

    const std::string body = serializer_.encode(data);
    client::Publication publication;
    publication.exchange = exchange;
    publication.routing_key = type;
    publication.body = body;
    publication.properties = wire::event_properties(serializer_, wire::encode_context({}, logger_));
    const client::PublishResult result = connection.publish_and_wait(std::move(publication), deadline);
    if (!result.ok()) {
        throw Error(fmt::format("the event {} of {} was not taken by the broker: {}{}{}", type, service,
                                to_string(result.status), result.detail.empty() ? "" : ": ", result.detail));
    }
}

void BrokerCluster::disconnect() {
    client_.reset();
    for (std::thread& thread : left_waiting_) thread.join();
    left_waiting_.clear();
}

void BrokerCluster::interrupt() {
    interrupted_ = true;
    parker_.unpark();
}

ClusterClient& BrokerCluster::client() {
    if (!client_) throw Error("the shell has disconnected from the broker");
    return *client_;
}

}  // namespace hiratake::shell
