#pragma once

#include <string>
#include <utility>

#include "hiratake/service/entrypoint.hpp"
#include "hiratake/service/method_call.hpp"

namespace hiratake::rpc {

class RpcConsumer;

/// One method that remote callers can reach.
class RpcEntrypoint final : public Entrypoint {
  public:
    explicit RpcEntrypoint(MethodCall method_call)
        : Entrypoint(method_call.signature().method_name()), method_(std::move(method_call)) {}

    void setup(ServiceContainer& container) override;
    void stop() noexcept override;
    void kill() noexcept override;
    bool can_limit_workers() const override { return true; }
    bool can_order() const override { return true; }
    EntrypointDescription describe(const std::string& service_name, const Config& config) const override;

    const MethodCall& method() const { return method_; }

  private:
    MethodCall method_;
    RpcConsumer* consumer_ = nullptr;
};

}  // namespace hiratake::rpc
