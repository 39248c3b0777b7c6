#include "websocket/socket_entrypoint.hpp"

#include <fmt/core.h>

#include <exception>
#include <memory>

#include "hiratake/payload/argument_error.hpp"
#include "hiratake/payload/json.hpp"
#include "hiratake/rpc/rpc_error.hpp"
#include "hiratake/service/service_container.hpp"
#include "hiratake/websocket/connection_not_found.hpp"
#include "hiratake/websocket/web_socket_methods.hpp"
#include "rpc/exception_on_wire.hpp"
#include "service/ordering_key.hpp"
#include "websocket/socket_server.hpp"

namespace hiratake::websocket {
namespace {

wire::ErrorObject error_on_wire(const std::exception_ptr& error, ApplicationErrorTypes known) {
    try {
        std::rethrow_exception(error);
    } catch (const ConnectionNotFound& exception) {
        return wire::error_object("ConnectionNotFound", "nameko.exceptions.ConnectionNotFound", exception.socket_id());
    } catch (...) {
        wire::ErrorObject object = rpc::exception_on_wire(error, known);
        // Which services are behind this one is no business of a browser.
        object.origin.reset();
        return object;
    }
}

std::string failure_text(const wire::ErrorObject& error, const Value& correlation_id) {
    try {
        return wire::web_socket_error(error, correlation_id);
    } catch (const JsonError& unwritable) {
        return wire::web_socket_error({error.exc_type, error.exc_path, {}, unwritable.what()}, correlation_id);
    }
}

// A result that JSON has no form for becomes an error, which the dependencies then see too.
std::string reply_text(WorkerResult& result, const Value& correlation_id, ApplicationErrorTypes known) {
    if (!result.error) {
        try {
            return wire::web_socket_result(result.returned.value(), correlation_id);
        } catch (const JsonError& error) {
            result = {{}, std::make_exception_ptr(UnserializableValueError(error.what()))};
        }
    }
    return failure_text(error_on_wire(result.error, known), correlation_id);
}

}  // namespace

void SocketEntrypoint::setup(ServiceContainer& container) {
    method_.hide(options().sensitive_arguments());
    check_ordering(container.service_name(), *this, method_.signature());
    container_ = &container;
    server_ = &container.shared<SocketServer>();
    server_->add(*this);
}

void SocketEntrypoint::stop() noexcept {
    server_->begin_to_stop();
}

EntrypointDescription SocketEntrypoint::describe(const std::string& service_name, const Config& config) const {
    auto description = Entrypoint::describe(service_name, config);
    description.kind = "websocket";
    description.signature = &method_.signature();
    description.details = Object{{"path", SocketServer::socket_path}};
    return description;
}

std::optional<std::string> SocketEntrypoint::ordering_key_of(const SocketId& socket,
                                                             const wire::WebSocketRequest& request) const {
    const Object* named = request.data.get_if<Object>();
    if (!named || !options().is_ordered()) return std::nullopt;
    Array positional;
    if (takes_socket_) positional.emplace_back(socket.value);
    return ordering_key(options().ordering_paths(),
                        arguments_by_name(method_.signature(), std::move(positional), *named));
}

std::string SocketEntrypoint::answer(const SocketId& socket, WorkerContext::Inbound inbound,
                                     wire::WebSocketRequest request) const {
    Object* named = request.data.get_if<Object>();
    if (!named) {
        return wire::web_socket_error(wire::incorrect_signature(fmt::format("`data` must be an object, not {}",
                                                                            hiratake::describe(request.data.kind()))),
                                      request.correlation_id);
    }
    Array positional;
    if (takes_socket_) positional.emplace_back(socket.value);
    std::string text;
    try {
        method_.prepare(std::move(positional), std::move(*named), [&](const ServiceContainer::Call& call) {
            container_->run_worker(*this, std::move(inbound), call, [&](WorkerContext&, WorkerResult& result) {
                text = reply_text(result, request.correlation_id, options().exceptions());
            });
        });
    } catch (const ArgumentError& error) {
        text = failure_text(wire::incorrect_signature(error.what()), request.correlation_id);
    }
    return text;
}

std::unique_ptr<Entrypoint> make_entrypoint(MethodCall method, bool takes_socket) {
    return std::make_unique<SocketEntrypoint>(std::move(method), takes_socket);
}

}  // namespace hiratake::websocket
