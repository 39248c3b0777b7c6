#pragma once

#include <memory>
#include <optional>
#include <string>

#include "gateway/calls_in_flight.hpp"
#include "gateway/service_descriptions.hpp"
#include "hiratake/rpc/rpc_caller.hpp"
#include "hiratake/service/extension.hpp"
#include "hiratake/service/registration.hpp"

namespace hiratake::gateway {

/// What the published routes of a container share: the bound on calls in flight, and the descriptions of the services
/// behind them. Configured by `gateway.max_calls` and `gateway.refresh` (docs/gateway.md).
class Gateway final : public SharedExtension {
  public:
    void setup(ServiceContainer& container) override;
    void start() override;
    void stop() noexcept override { end(); }
    void kill() noexcept override { end(); }
    ~Gateway() override { end(); }

    /// From setup().
    void add(const std::string& service, ServiceDescriptions::Listener listener);
    RpcCaller& caller() { return *caller_; }
    CallsInFlight& calls() { return *calls_; }
    /// Whose arguments have turned out to be others than its description tells. From any thread.
    void doubt(const std::string& service);

    /// Runs a task on the loop's thread, unless the container has ended by then. From any thread.
    void post(UniqueFunction<void()> task);
    /// The same task for a handler that the loop calls, which does nothing when the container has ended by then.
    UniqueFunction<void()> while_open(UniqueFunction<void()> task) const;

  private:
    void end() noexcept;

    net::EventLoop* loop_ = nullptr;
    RpcCaller* caller_ = nullptr;
    std::optional<CallsInFlight> calls_;
    Registration reported_calls_;
    // Shared with the task that stops them, which the loop may come to when this has stopped waiting.
    std::shared_ptr<ServiceDescriptions> descriptions_;
    // Shared with the tasks that have been posted; looked at and changed on the loop's thread alone.
    std::shared_ptr<bool> is_open_ = std::make_shared<bool>(true);
    bool has_ended_ = false;
};

}  // namespace hiratake::gateway
