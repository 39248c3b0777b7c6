#include "hiratake/websocket/web_socket_hub.hpp"

#include <utility>

#include "hiratake/base/error.hpp"
#include "hiratake/service/service_container.hpp"
#include "websocket/hub.hpp"
#include "wire/web_socket_envelope.hpp"

namespace hiratake {
namespace websocket {

class HubProvider final : public DependencyProviderOf<WebSocketHub> {
  public:
    void setup(ServiceContainer& container) override { hub_ = &container.shared<Hub>(); }
    void provide(WebSocketHub& member, WorkerContext&) override { member.hub_ = hub_; }

  private:
    Hub* hub_ = nullptr;
};

}  // namespace websocket

std::unique_ptr<DependencyProvider> WebSocketHub::make_provider() const {
    return std::make_unique<websocket::HubProvider>();
}

websocket::Hub& WebSocketHub::hub() const {
    if (!hub_) throw Error("a WebSocketHub is used that no container has provided");
    return *hub_;
}

void WebSocketHub::subscribe(const SocketId& socket, std::string channel) const {
    hub().subscriptions().subscribe(socket.value, std::move(channel));
}

void WebSocketHub::unsubscribe(const SocketId& socket, std::string_view channel) const {
    hub().subscriptions().unsubscribe(socket.value, channel);
}

std::vector<std::string> WebSocketHub::subscriptions(const SocketId& socket) const {
    return hub().subscriptions().channels_of(socket.value);
}

void WebSocketHub::broadcast_value(std::string_view channel, std::string_view event, const Value& data) const {
    hub().broadcast(channel, wire::web_socket_event(event, data));
}

bool WebSocketHub::unicast_value(const SocketId& socket, std::string_view event, const Value& data) const {
    return hub().unicast(socket, wire::web_socket_event(event, data));
}

}  // namespace hiratake
