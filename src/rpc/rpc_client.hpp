#pragma once

#include <memory>
#include <string>

#include "hiratake/base/clock.hpp"
#include "hiratake/base/log.hpp"
#include "hiratake/base/random.hpp"
#include "hiratake/client/connection.hpp"
#include "hiratake/payload/serializers.hpp"
#include "hiratake/rpc/rpc_caller.hpp"
#include "hiratake/service/config.hpp"
#include "rpc/reply_book.hpp"
#include "rpc/rpc_client_counters.hpp"
#include "service/delivery_guarantee.hpp"

namespace hiratake::rpc {

/// Makes remote calls over a connection: a reply queue of its own, and the book of the calls under way. Safe from any
/// thread.
class RpcClient final : public RpcCaller {
  public:
    /// Declares the reply queue; what is given by reference must outlive the client.
    /// @param owner names the reply queue: the service, or wire::standalone_proxy_name
    /// @param config `rpc_timeout` (seconds; 0: none), `rpc_exchange`, `max_pending_calls`, `delivery.rpc`
    /// @param serializers what calls are written with and replies can be read with
    RpcClient(client::Connection& connection, std::string owner, const Config& config, Serializers serializers,
              const Log& log, const Clock& clock, Random& random);
    /// Calls under way end with RequestNotSent.
    ~RpcClient() override;

    /// Begins to consume replies; before the first call.
    void start();
    PendingResult call(RpcRequest request) override;
    /// Ends the calls under way; their replies are not received any more.
    void stop() noexcept;

    /// Counts from here on; before the first call. The counters outlive the calls.
    void count_in(RpcClientCounters counters) { counters_ = counters; }
    std::size_t pending_calls() const { return book_->size(); }
    /// Of the consumer of replies; after start().
    HealthReport health() const { return consumer_.health(); }
    std::string reply_queue() const;

    Duration timeout() const override { return timeout_; }
    const Clock& clock() const override { return clock_; }
    double chance() override { return random_.unit(); }
    static Duration configured_timeout(const Config& config);

  private:
    void on_reply(client::Delivery&& delivery);

    client::Connection& connection_;
    const Logger logger_;
    const Clock& clock_;
    Random& random_;
    const std::string owner_;
    const std::string exchange_;
    const Duration timeout_;
    const bool sends_deadlines_;
    const DeliveryGuarantee guarantee_;
    const std::string reply_to_;
    // Shared with the replies, which a caller may read when this client is gone.
    const std::shared_ptr<const Serializers> serializers_;
    // Shared with the handlers of publishes under way: a confirm may come later than the reply, and than this client's
    // end.
    std::shared_ptr<ReplyBook> book_;
    // For requests that are sent without a confirm, by which their publish would hear of it.
    std::shared_ptr<client::ReturnHandler> return_handler_;
    RpcClientCounters counters_;
    client::Consumer consumer_;
};

}  // namespace hiratake::rpc
