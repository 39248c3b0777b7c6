#include "websocket/socket_server.hpp"

#include <fmt/core.h>

#include <utility>

#include "hiratake/base/error.hpp"
#include "hiratake/base/random.hpp"
#include "hiratake/service/service_container.hpp"
#include "http/problem.hpp"
#include "net/event_loop.hpp"
#include "websocket/socket_entrypoint.hpp"

namespace hiratake::websocket {
namespace {

/// Counts a socket among the open ones until the last copy goes. Null when there is no room.
std::shared_ptr<void> take_place(std::shared_ptr<std::atomic<std::size_t>> count, std::size_t most) {
    if (++*count > most) {
        --*count;
        return nullptr;
    }
    // A pointer to something, so that it is not null.
    return {count.get(), [count](void*) { --*count; }};
}

}  // namespace

/// A message on its way through a worker.
struct SocketServer::Call {
    // Weak: a worker must not keep a dead socket.
    std::weak_ptr<Socket> socket;
    SocketId socket_id;
    WorkerContext::Inbound origin;
    std::string message;
    /// What the message says, where that has been read.
    std::optional<wire::WebSocketRequest> request = std::nullopt;
};

void SocketServer::setup(ServiceContainer& container) {
    container_ = &container;
    const Environment& environment = container.environment();
    logger_.emplace(environment.log, "websocket");
    options_ = read_options(environment.config);
    pushes_ =
        std::make_shared<PushQueue>(environment.event_loop, [this](const PushQueue::Push& push) { deliver(push); });
    http_server_ = &container.shared<http::HttpServer>();
    http_server_->add_built_in(*this);
}

void SocketServer::stop() noexcept {
    pushes_->close();
}

void SocketServer::add(SocketEntrypoint& entrypoint) {
    if (!entrypoints_.emplace(entrypoint.method_name(), &entrypoint).second) {
        throw ConfigurationError(fmt::format("service `{}` declares the WebSocket method `{}` twice",
                                             container_->service_name(), entrypoint.method_name()));
    }
    has_limits_ = has_limits_ || entrypoint.options().max_workers() || entrypoint.options().is_ordered();
}

void SocketServer::handle(http::Request request, http::Responder responder) {
    if (!http_server_->asks_for_credentials(path_)) return admit(request, responder);
    struct Arrival {
        http::Request request;
        http::Responder responder;
    };
    // Shared between the task and this function, which answers when the task is refused.
    auto arrival = std::make_shared<Arrival>(Arrival{std::move(request), std::move(responder)});
    const bool accepted = container_->submit([this, arrival] { admit(arrival->request, arrival->responder); });
    if (!accepted) arrival->responder(http::unavailable("the service is busy or about to stop; try again in a moment"));
}

void SocketServer::admit(const http::Request& request, http::Responder& responder) {
    auto origin = http_server_->inbound(request);
    if (auto refusal = http_server_->refusal(request, responder.exchange(), origin.data)) {
        return responder(std::move(*refusal));
    }
    responder(upgrade(request, std::move(origin)));
}

http::Response SocketServer::upgrade(const http::Request& request, WorkerContext::Inbound origin) {
    auto response = answer_handshake(request, options_.origins);
    if (response.status != 101) return response;
    auto place = take_place(socket_count_, options_.max_connections);
    if (!place) return http::unavailable("too many sockets are open; try again in a moment");
    const Environment& environment = container_->environment();
    SocketListener& listener = *this;
    response.upgraded = std::make_shared<Socket>(environment.random.uuid4().text(), std::move(origin), options_.limits,
                                                 environment.event_loop, listener, std::move(place));
    return response;
}

void SocketServer::socket_opened(Socket& socket) {
    logger_->debug("socket {} of {} is open", socket.id(), socket.peer_address());
    sockets_.emplace(socket.id(), socket.shared_from_this());
    subscriptions_.add_socket(socket.id());
    const auto connected = wire::web_socket_event("connected", Object{{"socket_id", socket.id()}});
    socket.send(encode_frame(Opcode::text, connected));
}

void SocketServer::socket_closed(Socket& socket) {
    const auto& closure = socket.closure();
    logger_->debug("socket {} of {} is closed by {}: {} {}", socket.id(), socket.peer_address(),
                   closure.is_by_client ? "its client" : "us", static_cast<std::uint16_t>(closure.code),
                   closure.reason);
    subscriptions_.remove_socket(socket.id());
    sockets_.erase(socket.id());
}

void SocketServer::message_arrived(Socket& socket, Message message) {
    auto call = std::make_unique<Call>(
        Call{socket.weak_from_this(), SocketId{socket.id()}, socket.origin(), std::move(message.payload)});
    // Reading it is for a worker to do, unless it depends on the method which worker may run it, and when.
    if (has_limits_) call->request = wire::parse_web_socket_request(call->message);
    const SocketEntrypoint* entrypoint = call->request ? entrypoint_for(*call->request) : nullptr;
    auto key = entrypoint ? entrypoint->ordering_key_of(call->socket_id, *call->request) : std::nullopt;
    auto task = [this, call = std::move(call)] { run(*call); };
    const bool accepted = entrypoint ? container_->submit(*entrypoint, std::move(task), std::move(key))
                                     : container_->submit(std::move(task));
    if (!accepted) socket.end(CloseCode::try_again_later, "the service is busy or about to stop");
}

SocketEntrypoint* SocketServer::entrypoint_for(const wire::WebSocketRequest& request) const {
    const auto found = entrypoints_.find(request.method);
    return found == entrypoints_.end() ? nullptr : found->second;
}

void SocketServer::run(Call& call) const {
    const auto reply = [&](std::string_view text) {
        container_->environment().event_loop.post(
            [socket = std::move(call.socket), frame = encode_frame(Opcode::text, text)] {
                if (const auto self = socket.lock()) self->reply(frame);
            });
    };
    auto request = call.request ? std::move(call.request) : wire::parse_web_socket_request(call.message);
    if (!request) return reply(wire::web_socket_error(wire::malformed_request("Invalid JSON data"), {}));
    const SocketEntrypoint* entrypoint = entrypoint_for(*request);
    if (!entrypoint) {
        // Unlike that of an RPC, Nameko's has no arguments here.
        const wire::ErrorObject error{"MethodNotFound", "nameko.exceptions.MethodNotFound", {}, ""};
        return reply(wire::web_socket_error(error, std::move(request->correlation_id)));
    }
    reply(entrypoint->answer(call.socket_id, std::move(call.origin), std::move(*request)));
}

void SocketServer::push(std::vector<std::string> socket_ids, std::string_view text) {
    if (socket_ids.empty()) return;
    pushes_->push({std::move(socket_ids), encode_frame(Opcode::text, text)});
}

void SocketServer::deliver(const PushQueue::Push& push) {
    for (const std::string& id : push.socket_ids) {
        const auto socket = sockets_.find(id);
        // Held, because sending may close it.
        if (const auto held = socket == sockets_.end() ? nullptr : socket->second) held->send(push.frame);
    }
}

}  // namespace hiratake::websocket
