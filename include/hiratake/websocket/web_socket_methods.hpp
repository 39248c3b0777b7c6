#pragma once

#include <memory>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

#include "hiratake/service/entrypoint.hpp"
#include "hiratake/service/method_call.hpp"
#include "hiratake/websocket/socket_id.hpp"

namespace hiratake {
namespace websocket {

/// @param takes_socket the method's first parameter is the id of the socket
std::unique_ptr<Entrypoint> make_entrypoint(MethodCall method, bool takes_socket);

template <auto method>
constexpr bool takes_socket() {
    using Arguments = payload::ArgumentsOf<method>;
    if constexpr (std::tuple_size_v<Arguments> == 0) {
        return false;
    } else {
        return std::is_same_v<std::tuple_element_t<0, Arguments>, SocketId>;
    }
}

}  // namespace websocket

/// The part of Service<T> that declares its WebSocket methods.
template <class Service, class ServiceClass>
class WebSocketMethods {
  public:
    /// Lets clients that are connected to `/ws` call the method under its own name. A first parameter of the type
    /// SocketId is the socket that calls, and has no name here.
    /// @param parameters the names of the method's (other) parameters, as for rpc()
    template <auto method, class... Parameters>
    EntrypointOptions& websocket(Parameters&&... parameters) {
        constexpr bool takes_socket = hiratake::websocket::takes_socket<method>();
        std::vector<Parameter> named;
        named.reserve(sizeof...(parameters) + 1);
        if constexpr (takes_socket) named.emplace_back("socket_id");
        (named.emplace_back(std::forward<Parameters>(parameters)), ...);
        return static_cast<Service&>(*this).add(
            hiratake::websocket::make_entrypoint(MethodCall::of<method, ServiceClass>(std::move(named)), takes_socket));
    }
};

}  // namespace hiratake
