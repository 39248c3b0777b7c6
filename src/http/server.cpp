#include "http/server.hpp"

#include <utility>

#include "http/problem.hpp"
#include "http/response_writer.hpp"
#include "net/event_loop.hpp"

namespace hiratake::http {

Server::Server(net::EventLoop& loop, ServerOptions options, Handler handler, Observer observer)
    : loop_(loop),
      options_(std::move(options)),
      handler_(std::move(handler)),
      observer_(std::move(observer)),
      logger_(loop.log(), "http"),
      listener_(loop, options_.listen) {}

Server::~Server() {
    close();
    *is_alive_ = false;
}

void Server::start() {
    listener_.start([this](std::unique_ptr<net::ByteStream> stream) { receive(std::move(stream)); });
}

void Server::receive(std::unique_ptr<net::ByteStream> stream) {
    if (connections_.size() >= options_.max_connections) return refuse(std::move(stream));
    const auto id = ++last_id_;
    auto connection = std::make_shared<Connection>(std::move(stream), options_.limits, handler_, observer_,
                                                   [this, id, is_alive = is_alive_] {
                                                       if (*is_alive) remove(id);
                                                   });
    connections_.emplace(id, connection);
    connection_count_ = connections_.size();
    connection->start();
}

void Server::refuse(std::unique_ptr<net::ByteStream> stream) {
    logger_.warning("Refused a connection from {}: {} connections are open already", stream->peer_address(),
                    connections_.size());
    const auto response = unavailable("too many connections are open; try again in a moment");
    auto output = std::make_unique<std::string>();
    append_response(*output, response, {.keep_alive = false}, loop_.clock().wall_time());
    auto& target = *stream;
    const std::string_view bytes = *output;
    // It fits into the empty buffer of a new socket; the stream lives until that has happened.
    target.async_write(bytes, [stream = std::move(stream), output = std::move(output)](net::ErrorCode) {});
}

void Server::remove(std::uint64_t id) {
    connections_.erase(id);
    connection_count_ = connections_.size();
    if (connections_.empty() && on_empty_) std::exchange(on_empty_, nullptr)();
}

void Server::drain(net::UniqueFunction<void()> on_empty) {
    listener_.accept_waiting();
    listener_.close();
    // Behind what has arrived: a request that is there is answered.
    loop_.post([this, is_alive = is_alive_, on_empty = std::move(on_empty)]() mutable {
        if (!*is_alive) return;
        if (connections_.empty()) return on_empty();
        on_empty_ = std::move(on_empty);
        for (const auto& [id, connection] : connections_) connection->drain();
    });
}

void Server::close() {
    listener_.close();
    for (const auto& [id, connection] : connections_) connection->close();
}

}  // namespace hiratake::http
