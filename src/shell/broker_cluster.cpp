#include "shell/broker_cluster.hpp"

#include <utility>

#include "hiratake/base/error.hpp"
#include "hiratake/client/connection.hpp"
#include "shell/interrupted.hpp"

namespace hiratake::shell {

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
    : client_(std::make_unique<ClusterClient>(broker, config, log)),
      dispatch_(std::make_unique<StandaloneEventDispatcher>(client_->connection(), config)),
      broker_(client_->connection().broker()) {}

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
    client();  // throws after disconnect()
    (*dispatch_)(service, type, data);
}

void BrokerCluster::disconnect() {
    dispatch_.reset();
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
