#pragma once

#include <optional>
#include <string>
#include <utility>

#include "hiratake/service/entrypoint.hpp"
#include "hiratake/service/method_call.hpp"
#include "hiratake/service/worker_context.hpp"
#include "hiratake/websocket/socket_id.hpp"
#include "wire/web_socket_envelope.hpp"

namespace hiratake::websocket {

class SocketServer;

/// One method that WebSocket clients can call.
class SocketEntrypoint final : public Entrypoint {
  public:
    SocketEntrypoint(MethodCall method, bool takes_socket)
        : Entrypoint(method.signature().method_name()), method_(std::move(method)), takes_socket_(takes_socket) {}

    void setup(ServiceContainer& container) override;
    void stop() noexcept override;
    EntrypointDescription describe(const std::string& service_name, const Config& config) const override;

    bool can_limit_workers() const override { return true; }
    bool can_order() const override { return true; }
    /// None where the method is not ordered, or the request does not fit any.
    std::optional<std::string> ordering_key_of(const SocketId& socket, const wire::WebSocketRequest& request) const;

    /// Runs the method on the calling thread, a worker's, and returns the text of the reply: there always is one.
    /// @param inbound what the request that opened the socket told
    std::string answer(const SocketId& socket, WorkerContext::Inbound inbound, wire::WebSocketRequest request) const;

  private:
    MethodCall method_;
    bool takes_socket_;
    ServiceContainer* container_ = nullptr;
    SocketServer* server_ = nullptr;
};

}  // namespace hiratake::websocket
