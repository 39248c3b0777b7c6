#pragma once

#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "gateway/published_call.hpp"
#include "gateway/remote_method.hpp"
#include "gateway/rpc_target.hpp"
#include "hiratake/base/deadline.hpp"
#include "hiratake/base/log.hpp"
#include "hiratake/gateway/route.hpp"
#include "hiratake/http/route.hpp"
#include "http/route_handler.hpp"

namespace hiratake {
struct ServiceDescription;
namespace http {
class HttpServer;
}
}  // namespace hiratake

namespace hiratake::gateway {

class Gateway;

/// One published route: passes each request on to the service behind it, and its reply back.
class GatewayEntrypoint final : public http::RouteEntrypoint, public http::RouteHandler {
  public:
    /// Throws ConfigurationError for a route that makes no sense.
    explicit GatewayEntrypoint(Route route);

    void setup(ServiceContainer& container) override;
    void stop() noexcept override;
    bool drain(Deadline deadline) noexcept override;
    /// On the loop's thread, while the container runs: the description may refer to what is known of the method now.
    EntrypointDescription describe(const std::string& service_name, const Config& config) const override;

    const std::string& http_method() const override { return route_.http_method; }
    const std::string& path() const override { return route_.path; }
    std::vector<std::string> sensitive_arguments() const override;
    /// Answers when the reply has come; 503 with Retry-After when too many calls are under way.
    void handle(http::Request request, http::Responder responder) override;

  private:
    // Shared between those who hold it one after the other.
    using Call = std::shared_ptr<PublishedCall>;

    void learn(const ServiceDescription* description);
    std::shared_ptr<const RemoteMethod> known_method(const ServiceDescription* description) const;
    /// Null before the service has said what it has to say of it.
    std::shared_ptr<const RemoteMethod> method() const;

    void send(const Call& call);
    void wait(const Call& call, Deadline deadline);
    void end(const Call& call);
    void answer(PublishedCall& call) const;
    http::Response success(const Value& result) const;
    http::Response failure(const std::string& call_id) const;

    Route route_;
    RpcTarget target_;
    ServiceContainer* container_ = nullptr;
    Gateway* gateway_ = nullptr;
    http::HttpServer* server_ = nullptr;
    std::optional<Logger> logger_;
    Duration timeout_{};
    mutable std::mutex mutex_;
    // Changed on the loop's thread. Shared with the workers that use it.
    std::shared_ptr<const RemoteMethod> method_;
    bool is_known_ = false;
};

}  // namespace hiratake::gateway
