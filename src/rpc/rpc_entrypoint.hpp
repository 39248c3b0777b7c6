#pragma once

#include <utility>

#include "hiratake/payload/signature.hpp"
#include "hiratake/rpc/rpc_methods.hpp"
#include "hiratake/service/entrypoint.hpp"

namespace hiratake::rpc {

class RpcConsumer;

/// One method that remote callers can reach.
class RpcEntrypoint final : public Entrypoint {
  public:
    RpcEntrypoint(payload::Signature method_signature, WithArguments convert)
        : Entrypoint(method_signature.method_name()),
          signature_(std::move(method_signature)),
          with_arguments_(convert) {}

    void setup(ServiceContainer& container) override;
    void stop() noexcept override;
    void kill() noexcept override;

    const payload::Signature& signature() const { return signature_; }
    WithArguments with_arguments() const { return with_arguments_; }

  private:
    payload::Signature signature_;
    WithArguments with_arguments_;
    RpcConsumer* consumer_ = nullptr;
};

}  // namespace hiratake::rpc
