#pragma once

#include <atomic>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "hiratake/base/log.hpp"
#include "hiratake/service/extension.hpp"
#include "http/http_server.hpp"
#include "websocket/options.hpp"
#include "websocket/push_queue.hpp"
#include "websocket/socket.hpp"
#include "websocket/subscriptions.hpp"
#include "wire/web_socket_envelope.hpp"

namespace hiratake::websocket {

class SocketEntrypoint;

/// The WebSockets of a container: what connects to `/ws` on its HTTP server. Has a worker run the method that a message
/// names, and answers. Configured by the section `websocket:` (docs/websocket.md).
class SocketServer final : public SharedExtension, private http::RouteHandler, private SocketListener {
  public:
    static constexpr std::string_view socket_path = "/ws";

    void setup(ServiceContainer& container) override;
    void stop() noexcept override;
    void kill() noexcept override { stop(); }

    /// From setup(). Throws ConfigurationError for a second entrypoint of the same name.
    void add(SocketEntrypoint& entrypoint);
    /// Each socket is closed with 1001 after the answer that is under way. Does not wait.
    void begin_to_stop() noexcept { http_server_->begin_to_stop(); }

    Subscriptions& subscriptions() { return subscriptions_; }
    /// Sends a text to those of the sockets that are open. From any thread but for the loop's, which is not kept
    /// waiting, callers wait when too much is on its way.
    void push(std::vector<std::string> socket_ids, std::string_view text);

  private:
    struct Call;

    const std::string& http_method() const override { return http_method_; }
    const std::string& path() const override { return path_; }
    std::vector<std::string> sensitive_arguments() const override { return sensitive_arguments_; }
    void handle(http::Request request, http::Responder responder) override;
    void admit(const http::Request& request, http::Responder& responder);
    http::Response upgrade(const http::Request& request, WorkerContext::Inbound origin);
    void socket_opened(Socket& socket) override;
    void message_arrived(Socket& socket, Message message) override;
    void socket_closed(Socket& socket) override;
    SocketEntrypoint* entrypoint_for(const wire::WebSocketRequest& request) const;
    void run(Call& call) const;
    void deliver(const PushQueue::Push& push);

    const std::string http_method_ = "GET";
    const std::string path_{socket_path};
    const std::vector<std::string> sensitive_arguments_;
    ServiceContainer* container_ = nullptr;
    http::HttpServer* http_server_ = nullptr;
    std::optional<Logger> logger_;
    Options options_;
    std::map<std::string, SocketEntrypoint*, std::less<>> entrypoints_;
    /// Whether some of them have limits or an order of their own.
    bool has_limits_ = false;
    Subscriptions subscriptions_;
    // On the loop's thread.
    std::map<std::string, std::shared_ptr<Socket>, std::less<>> sockets_;
    // Shared with each socket, which counts itself out.
    std::shared_ptr<std::atomic<std::size_t>> socket_count_ = std::make_shared<std::atomic<std::size_t>>(0);
    std::shared_ptr<PushQueue> pushes_;
};

}  // namespace hiratake::websocket
