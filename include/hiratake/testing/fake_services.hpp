#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "hiratake/rpc/rpc_caller.hpp"
#include "hiratake/rpc/rpc_proxy.hpp"

namespace hiratake::testing {

/// Stands for the services that a service calls: keeps the calls, and answers them as the test says, without a broker.
///
///     hiratake::testing::FakeServices services;
///     services.returns("compute.compute", 40);
///     Api api{.mail = services.proxy("mail"), .compute = services.proxy("compute")};
///
/// Safe from any thread. Must outlive its proxies and the replies of their calls.
class FakeServices final : public RpcCaller {
  public:
    /// May throw, what then reaches the caller.
    using Answer = std::function<Value(const RpcRequest& request)>;

    FakeServices();
    ~FakeServices() override;

    /// Ready for use by a service object of the test's own, or in replace_dependency().
    RpcProxy proxy(std::string service) { return RpcProxy{std::move(service), *this}; }

    /// Has each call of a method answered with this value from now on. A method without an answer returns null.
    /// @param target "mail.send"
    void returns(const std::string& target, Value result);
    /// The same with a function, called on the caller's thread.
    void answers(const std::string& target, Answer answer);

    /// All calls so far, in order.
    std::vector<RpcRequest> calls() const;
    /// Those of one method.
    std::vector<RpcRequest> calls_of(std::string_view target) const;

    PendingResult call(RpcRequest request) override;

  private:
    class Implementation;
    std::unique_ptr<Implementation> implementation_;
};

}  // namespace hiratake::testing
