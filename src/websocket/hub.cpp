#include "websocket/hub.hpp"

#include <vector>

#include "hiratake/base/random.hpp"
#include "hiratake/client/connection_source.hpp"
#include "hiratake/service/health.hpp"
#include "hiratake/service/resources.hpp"
#include "hiratake/service/service_container.hpp"
#include "websocket/socket_server.hpp"

namespace hiratake::websocket {

void Hub::setup(ServiceContainer& container) {
    const Environment& environment = container.environment();
    environment_ = &environment;
    server_ = &container.shared<SocketServer>();
    relay_ = std::make_unique<Relay>(
        container.service_name(), environment.random.uuid4().text(),
        environment.resources.get<client::ConnectionSource>().connection(), environment.log, environment.clock,
        [this](const Audience& audience, std::string_view event) { deliver(audience, event); });
}

void Hub::start() {
    relay_->start();
    health_ = environment_->health.add("consumer " + relay_->queue(), [this] { return relay_->health(); });
}

void Hub::stop() noexcept {
    health_.end();
    relay_->stop();
}

Subscriptions& Hub::subscriptions() {
    return server_->subscriptions();
}

void Hub::broadcast(std::string_view channel, std::string_view event) {
    const Audience audience{Audience::Kind::channel, std::string(channel)};
    deliver(audience, event);
    relay_->send(audience, event);
}

bool Hub::unicast(const SocketId& socket, std::string_view event) {
    const Audience audience{Audience::Kind::socket, socket.value};
    const bool is_here = subscriptions().contains(socket.value);
    if (is_here) {
        deliver(audience, event);
    } else {
        relay_->send(audience, event);
    }
    return is_here;
}

void Hub::deliver(const Audience& audience, std::string_view event) {
    const bool is_channel = audience.kind == Audience::Kind::channel;
    server_->push(is_channel ? subscriptions().sockets_of(audience.name) : std::vector<std::string>{audience.name},
                  event);
}

}  // namespace hiratake::websocket
