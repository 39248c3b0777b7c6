#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "hiratake/payload/convert.hpp"
#include "hiratake/service/dependency_provider.hpp"
#include "hiratake/websocket/connection_not_found.hpp"
#include "hiratake/websocket/socket_id.hpp"

namespace hiratake {
namespace websocket {
class Hub;
class HubProvider;
}  // namespace websocket

/// A dependency: sends events to the WebSocket clients of this service, wherever they are connected.
///
///     hiratake::WebSocketHub hub;
///     hub.subscribe(socket, "news");                  // in a websocket() method, which gets the socket's id
///     hub.broadcast("news", "posted", article);       // in any method, in any instance of the service
///
/// A client receives `{"type": "event", "event": "posted", "data": …}`. (Nameko: web.websocket.WebSocketHub, which
/// reaches the sockets of its own process only.)
class WebSocketHub {
  public:
    /// Has the socket receive what is broadcast to the channel, until it is closed.
    /// Throws ConnectionNotFound when no such socket is open in this process.
    void subscribe(const SocketId& socket, std::string channel) const;
    void unsubscribe(const SocketId& socket, std::string_view channel) const;
    /// The channels of the socket, sorted; none when no such socket is open in this process.
    std::vector<std::string> subscriptions(const SocketId& socket) const;

    /// Sends an event to each socket that is subscribed to the channel, in this process and, through the broker, in the
    /// other instances of the service. Returns when it is under way. Throws JsonError for data without a JSON form.
    template <class Data>
    void broadcast(std::string_view channel, std::string_view event, const Data& data) const {
        broadcast_value(channel, event, to_value(data));
    }

    /// Sends an event to one socket; one that is not open in this process is looked for, through the broker, in the
    /// other instances. Throws as broadcast().
    /// @return whether the socket is open in this process. Where it is not, nobody knows whether it is anywhere.
    template <class Data>
    bool unicast(const SocketId& socket, std::string_view event, const Data& data) const {
        return unicast_value(socket, event, to_value(data));
    }

    std::unique_ptr<DependencyProvider> make_provider() const;

  private:
    friend class websocket::HubProvider;

    websocket::Hub& hub() const;
    void broadcast_value(std::string_view channel, std::string_view event, const Value& data) const;
    bool unicast_value(const SocketId& socket, std::string_view event, const Value& data) const;

    websocket::Hub* hub_ = nullptr;
};

}  // namespace hiratake
