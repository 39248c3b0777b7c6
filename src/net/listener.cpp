#include "net/listener.hpp"

#include <fmt/format.h>

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <map>

#include "net/address.hpp"
#include "net/event_loop.hpp"
#include "net/tcp_socket.hpp"
#include "net/tcp_stream.hpp"
#include "net/timer.hpp"
#include "net/tls_server_contexts.hpp"
#include "net/tls_stream.hpp"

namespace hiratake::net {

using boost::asio::ip::tcp;

ListenError::~ListenError() = default;

class Listener::Acceptor : public std::enable_shared_from_this<Acceptor> {
  public:
    Acceptor(EventLoop& loop, ListenOptions options)
        : loop_(loop),
          logger_(loop.log(), "net"),
          options_(std::move(options)),
          acceptor_(loop.context()),
          pause_(loop),
          reload_(loop) {
        if (options_.tls) tls_.emplace(*std::move(options_.tls));
    }

    tcp::endpoint listen();
    void start(Handler on_stream);
    void accept_waiting();
    void close();
    /// Nobody is there any more to hand streams to.
    void abandon();

  private:
    // One TLS handshake under way. It owns its socket until that is handed on.
    struct Handshake {
        Handshake(EventLoop& loop, tcp::socket socket, boost::asio::ssl::context& context)
            : timeout(loop), peer(read_endpoints(socket, SocketRole::server)), stream(std::move(socket), context) {}
        Timer timeout;
        SocketEndpoints peer;
        TlsSocket stream;
    };

    void accept();
    void handle_accept_error(ErrorCode error);
    void receive(tcp::socket socket);
    void hand_over(tcp::socket socket);
    void shake_hands(tcp::socket socket);
    void end_handshake(std::uint64_t id, ErrorCode error);
    void follow_certificates();

    EventLoop& loop_;
    Logger logger_;
    ListenOptions options_;
    std::optional<TlsServerContexts> tls_;
    tcp::acceptor acceptor_;
    Timer pause_;
    Timer reload_;
    Handler on_stream_;
    // Shared between this list and the Asio operation of each handshake, which touches it until its handler has run.
    std::map<std::uint64_t, std::shared_ptr<Handshake>> handshakes_;
    std::uint64_t last_handshake_ = 0;
    bool is_accepting_ = false;
    bool takes_waiting_ = false;
    bool is_closed_ = false;
};

tcp::endpoint Listener::Acceptor::listen() {
    const auto host = options_.address == "localhost" ? std::string("127.0.0.1") : options_.address;
    const auto fail = [&](const std::string& reason) {
        return ListenError(fmt::format("cannot listen on {}: {}", host_and_port(host, options_.port), reason));
    };
    ErrorCode error;
    const tcp::endpoint endpoint(boost::asio::ip::make_address(host, error), options_.port);
    if (error) throw fail("an IP address is wanted here, such as 127.0.0.1, 0.0.0.0 or ::1");
    acceptor_.open(endpoint.protocol(), error);
    if (!error) acceptor_.set_option(tcp::acceptor::reuse_address(true), error);
    if (!error) acceptor_.bind(endpoint, error);
    if (!error) acceptor_.listen(tcp::acceptor::max_listen_connections, error);
    if (error) throw fail(error.message());
    return acceptor_.local_endpoint();
}

void Listener::Acceptor::start(Handler on_stream) {
    on_stream_ = std::move(on_stream);
    if (tls_) follow_certificates();
    accept();
}

void Listener::Acceptor::follow_certificates() {
    if (is_closed_) return;
    reload_.start_after(tls_->options().reload_interval, [this] {
        tls_->reload_changed(logger_);
        follow_certificates();
    });
}

void Listener::Acceptor::close() {
    is_closed_ = true;
    pause_.cancel();
    reload_.cancel();
    ErrorCode ignored;  // The socket is gone in any case.
    acceptor_.close(ignored);
    for (auto& [id, handshake] : handshakes_) {
        handshake->timeout.cancel();
        handshake->stream.lowest_layer().close(ignored);
    }
    handshakes_.clear();
}

void Listener::Acceptor::accept() {
    if (is_closed_ || is_accepting_ || handshakes_.size() >= options_.max_handshakes) return;
    is_accepting_ = true;
    acceptor_.async_accept([self = shared_from_this()](ErrorCode error, tcp::socket socket) {
        self->is_accepting_ = false;
        if (self->is_closed_) {
            // It was on its way here when the others were accepted.
            if (!error && self->takes_waiting_) self->hand_over(std::move(socket));
            return;
        }
        if (error) return self->handle_accept_error(error);
        self->receive(std::move(socket));
    });
}

void Listener::Acceptor::accept_waiting() {
    if (tls_ || !on_stream_) return;
    takes_waiting_ = true;
    ErrorCode error;
    acceptor_.non_blocking(true, error);
    while (!error) {
        tcp::socket socket = acceptor_.accept(error);
        if (!error) hand_over(std::move(socket));
    }
}

void Listener::Acceptor::hand_over(tcp::socket socket) {
    if (apply_options(socket, options_.socket)) return;  // It was lost before it began.
    on_stream_(std::make_unique<TcpStream>(loop_, std::move(socket), SocketRole::server));
}

void Listener::Acceptor::abandon() {
    takes_waiting_ = false;
    close();
}

void Listener::Acceptor::handle_accept_error(ErrorCode error) {
    // A client that left while it waited is an everyday thing; anything else is a shortage that may pass.
    if (error == boost::asio::error::connection_aborted) return accept();
    logger_.warning("Accepting connections pauses for 100 ms: {}", error.message());
    pause_.start_after(std::chrono::milliseconds{100}, [this] { accept(); });
}

void Listener::Acceptor::receive(tcp::socket socket) {
    if (const auto error = apply_options(socket, options_.socket)) {
        logger_.debug("A connection was lost before it began: {}", error.message());
        return accept();
    }
    if (tls_) {
        shake_hands(std::move(socket));
        return accept();
    }
    auto stream = std::make_unique<TcpStream>(loop_, std::move(socket), SocketRole::server);
    accept();
    on_stream_(std::move(stream));
}

void Listener::Acceptor::shake_hands(tcp::socket socket) {
    const auto id = ++last_handshake_;
    auto handshake = std::make_shared<Handshake>(loop_, std::move(socket), tls_->context());
    handshakes_.emplace(id, handshake);
    handshake->timeout.start_after(options_.handshake_timeout,
                                   [this, id] { end_handshake(id, boost::asio::error::timed_out); });
    auto& stream = handshake->stream;
    stream.async_handshake(TlsSocket::server, [self = shared_from_this(), handshake = std::move(handshake),
                                               id](ErrorCode error) { self->end_handshake(id, error); });
}

void Listener::Acceptor::end_handshake(std::uint64_t id, ErrorCode error) {
    const auto found = handshakes_.extract(id);
    if (found.empty()) return;
    const auto handshake = found.mapped();
    handshake->timeout.cancel();
    accept();
    if (error) {
        logger_.warning("The TLS handshake with {} failed: {}", handshake->peer.peer_address, error.message());
        ErrorCode ignored;  // It has failed already.
        handshake->stream.lowest_layer().close(ignored);
        return;
    }
    on_stream_(std::make_unique<TlsStream>(loop_, std::move(handshake->stream), SocketRole::server));
}

Listener::Listener(EventLoop& loop, ListenOptions options)
    : loop_(loop), acceptor_(std::make_shared<Acceptor>(loop, std::move(options))) {
    const auto endpoint = acceptor_->listen();
    port_ = endpoint.port();
    address_ = host_and_port(endpoint.address().to_string(), port_);
}

Listener::~Listener() {
    acceptor_->abandon();
}

void Listener::start(Handler on_stream) {
    loop_.post(
        [acceptor = acceptor_, on_stream = std::move(on_stream)]() mutable { acceptor->start(std::move(on_stream)); });
}

void Listener::accept_waiting() {
    acceptor_->accept_waiting();
}

void Listener::close() {
    acceptor_->close();
}

}  // namespace hiratake::net
