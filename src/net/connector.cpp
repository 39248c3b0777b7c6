#include "net/connector.hpp"

#include <fmt/format.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>

#include <boost/asio/connect.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <chrono>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "hiratake/base/error.hpp"
#include "net/address.hpp"
#include "net/event_loop.hpp"
#include "net/name_sources.hpp"
#include "net/tcp_socket.hpp"
#include "net/tcp_stream.hpp"
#include "net/timer.hpp"
#include "net/tls_context.hpp"
#include "net/tls_stream.hpp"

namespace hiratake::net {

using boost::asio::ip::tcp;

class Connector::Attempt : public std::enable_shared_from_this<Attempt> {
  public:
    Attempt(EventLoop& loop, ConnectTarget target, Handler handler)
        : loop_(loop),
          target_(std::move(target)),
          handler_(std::move(handler)),
          resolver_(loop.context()),
          timer_(loop) {}

    void start(Deadline deadline);
    void cancel() { fail(boost::asio::error::operation_aborted, "given up"); }

  private:
    void resolve();
    void connect(std::vector<tcp::endpoint> endpoints);
    void secure();
    const std::string& name_to_verify() const {
        return target_.tls->server_name.empty() ? target_.host : target_.tls->server_name;
    }
    bool prepare_tls();
    void finish_tls(ErrorCode error);
    void fail(ErrorCode error, std::string_view reason);
    void finish(ConnectResult result);

    EventLoop& loop_;
    ConnectTarget target_;
    Handler handler_;
    tcp::resolver resolver_;
    Timer timer_;
    TimePoint started_at_;
    std::string_view step_;
    std::optional<boost::asio::ssl::context> tls_context_;
    std::optional<tcp::socket> socket_;
    std::optional<TlsSocket> tls_socket_;
    bool is_done_ = false;
};

void Connector::Attempt::start(Deadline deadline) {
    started_at_ = loop_.clock().now();
    try {
        // Before anything else: files that cannot be read are no fault of the network.
        if (target_.tls) tls_context_ = make_client_context(*target_.tls);
    } catch (const ConfigurationError& error) {
        return fail(boost::asio::error::invalid_argument, error.what());
    }
    timer_.start(deadline, [this] {
        const auto waited = std::chrono::duration<double>(loop_.clock().now() - started_at_).count();
        fail(boost::asio::error::timed_out, fmt::format("{} has not ended within {:.1f} s", step_, waited));
    });
    resolve();
}

void Connector::Attempt::resolve() {
    step_ = "resolving the name";
    ErrorCode error;
    const auto address = boost::asio::ip::make_address(target_.host, error);
    if (!error) return connect({tcp::endpoint(address, target_.port)});
    choose_name_sources();
    resolver_.async_resolve(
        target_.host, std::to_string(target_.port), tcp::resolver::numeric_service,
        [self = shared_from_this()](ErrorCode resolve_error, const tcp::resolver::results_type& results) {
            if (self->is_done_) return;
            if (resolve_error) return self->fail(resolve_error, resolve_error.message());
            self->connect({results.begin(), results.end()});
        });
}

void Connector::Attempt::connect(std::vector<tcp::endpoint> endpoints) {
    step_ = "connecting";
    socket_.emplace(loop_.context());
    boost::asio::async_connect(*socket_, std::move(endpoints),
                               [self = shared_from_this()](ErrorCode error, const tcp::endpoint&) {
                                   if (self->is_done_) return;
                                   if (error) return self->fail(error, error.message());
                                   error = apply_options(*self->socket_, self->target_.socket);
                                   if (error) return self->fail(error, error.message());
                                   self->secure();
                               });
}

void Connector::Attempt::secure() {
    if (!target_.tls) {
        return finish({std::make_unique<TcpStream>(loop_, std::move(*socket_), SocketRole::client), {}, {}});
    }
    step_ = "the TLS handshake";
    tls_socket_.emplace(std::move(*socket_), *tls_context_);
    socket_.reset();
    if (!prepare_tls()) {
        return fail(boost::asio::error::invalid_argument, "the name to check the server's certificate for is unusable");
    }
    tls_socket_->async_handshake(TlsSocket::client, [self = shared_from_this()](ErrorCode error) {
        if (!self->is_done_) self->finish_tls(error);
    });
}

bool Connector::Attempt::prepare_tls() {
    const std::string& name = name_to_verify();
    auto* handle = tls_socket_->native_handle();
    const bool is_address = is_ip_literal(name);
    // SNI carries names only (RFC 6066 section 3).
    if (!is_address && SSL_set_tlsext_host_name(handle, name.c_str()) != 1) return false;
    if (!target_.tls->verify_host) return true;
    if (is_address) return X509_VERIFY_PARAM_set1_ip_asc(SSL_get0_param(handle), name.c_str()) == 1;
    SSL_set_hostflags(handle, X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS);
    return SSL_set1_host(handle, name.c_str()) == 1;
}

void Connector::Attempt::finish_tls(ErrorCode error) {
    if (!error) {
        return finish({std::make_unique<TlsStream>(loop_, std::move(*tls_socket_), SocketRole::client), {}, {}});
    }
    const auto verdict = SSL_get_verify_result(tls_socket_->native_handle());
    if (verdict == X509_V_ERR_HOSTNAME_MISMATCH || verdict == X509_V_ERR_IP_ADDRESS_MISMATCH) {
        return fail(error, fmt::format("the server's certificate is refused: it is not for {}", name_to_verify()));
    }
    if (target_.tls->verify_peer && verdict != X509_V_OK) {
        return fail(error,
                    fmt::format("the server's certificate is refused: {}", X509_verify_cert_error_string(verdict)));
    }
    fail(error, fmt::format("the TLS handshake failed: {}", error.message()));
}

void Connector::Attempt::fail(ErrorCode error, std::string_view reason) {
    finish(
        {nullptr, error, fmt::format("cannot connect to {}: {}", host_and_port(target_.host, target_.port), reason)});
}

void Connector::Attempt::finish(ConnectResult result) {
    if (is_done_) return;
    is_done_ = true;
    timer_.cancel();
    resolver_.cancel();
    ErrorCode ignored;  // Sockets that were handed on are closed already, as far as these objects know.
    if (socket_) socket_->close(ignored);
    if (tls_socket_ && !result.stream) tls_socket_->lowest_layer().close(ignored);
    loop_.post([handler = std::move(handler_), result = std::move(result)]() mutable { handler(std::move(result)); });
}

Connector::Connector(EventLoop& loop) : loop_(loop) {}

Connector::~Connector() {
    cancel();
}

void Connector::async_connect(ConnectTarget target, Deadline deadline, Handler handler) {
    cancel();
    const auto attempt = std::make_shared<Attempt>(loop_, std::move(target), std::move(handler));
    attempt_ = attempt;
    attempt->start(deadline);
}

void Connector::cancel() {
    if (const auto attempt = std::exchange(attempt_, {}).lock()) attempt->cancel();
}

}  // namespace hiratake::net
