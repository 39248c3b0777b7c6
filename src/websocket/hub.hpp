#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "hiratake/service/environment.hpp"
#include "hiratake/service/extension.hpp"
#include "hiratake/service/registration.hpp"
#include "hiratake/websocket/socket_id.hpp"
#include "websocket/relay.hpp"
#include "websocket/subscriptions.hpp"

namespace hiratake::websocket {

class SocketServer;

/// What the WebSocketHub members of a container's service objects stand for. Safe from any thread.
class Hub final : public SharedExtension {
  public:
    void setup(ServiceContainer& container) override;
    void start() override;
    void stop() noexcept override;
    void kill() noexcept override { stop(); }

    Subscriptions& subscriptions();
    /// @param event as JSON
    void broadcast(std::string_view channel, std::string_view event);
    bool unicast(const SocketId& socket, std::string_view event);

  private:
    void deliver(const Audience& audience, std::string_view event);

    const Environment* environment_ = nullptr;
    SocketServer* server_ = nullptr;
    std::unique_ptr<Relay> relay_;
    Registration health_;
};

}  // namespace hiratake::websocket
