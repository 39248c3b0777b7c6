#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <string>

#include "hiratake/base/log.hpp"
#include "http/connection.hpp"
#include "net/listener.hpp"

namespace hiratake::http {

struct ServerOptions {
    net::ListenOptions listen;
    Limits limits;
    /// Beyond, a client is answered 503 without having been heard.
    std::size_t max_connections = 10'000;
};

/// An HTTP/1.1 server: hands each request to one handler, on the loop's thread. Knows no routes and no services.
class Server {
  public:
    /// Called on the loop's thread; must not wait. The responder may be called from any thread, and later.
    using Handler = Connection::Handler;
    /// Called on the loop's thread with each answer that is on its way.
    using Observer = Connection::Observer;

    /// Listens at once. Throws net::ListenError and ConfigurationError as net::Listener does. From any thread.
    Server(net::EventLoop& loop, ServerOptions options, Handler handler, Observer observer);
    /// As close(). On the loop's thread, or when the loop no longer runs.
    ~Server();
    Server(const Server&) = delete;
    Server& operator=(const Server&) = delete;

    /// Begins to accept. From any thread, once.
    void start();
    /// Accepts no more, and ends each connection after the answer that is under way; `on_empty` runs when none is left.
    /// On the loop's thread.
    void drain(net::UniqueFunction<void()> on_empty);
    /// Closes everything. On the loop's thread.
    void close();

    /// "127.0.0.1:8000"
    const std::string& address() const { return listener_.address(); }
    std::uint16_t port() const { return listener_.port(); }
    /// From any thread.
    std::size_t connection_count() const { return connection_count_; }

  private:
    void receive(std::unique_ptr<net::ByteStream> stream);
    void refuse(std::unique_ptr<net::ByteStream> stream);
    void remove(std::uint64_t id);

    net::EventLoop& loop_;
    ServerOptions options_;
    Handler handler_;
    Observer observer_;
    Logger logger_;
    net::Listener listener_;
    // Each shared between this list and the operations under way.
    std::map<std::uint64_t, std::shared_ptr<Connection>> connections_;
    std::atomic<std::size_t> connection_count_ = 0;
    std::uint64_t last_id_ = 0;
    net::UniqueFunction<void()> on_empty_;
    // Shared with what has been posted, which may run when the server is gone.
    std::shared_ptr<bool> is_alive_ = std::make_shared<bool>(true);
};

}  // namespace hiratake::http
