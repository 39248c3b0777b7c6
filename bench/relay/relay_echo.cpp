// The echo over bare TCP: a relay stands where a broker does, and passes bytes on without looking at them. A call alone
// through a broker on the same machine has this to pay first. Each message is written by itself.
//
//   relay_echo serve HOST:PORT
//   relay_echo relay HOST:PORT -- HOST:PORT                 the second is the service's
//   relay_echo call HOST:PORT [in_flight=N] [text_bytes=N] [rate=N] ...
#include <poll.h>

#include <array>
#include <boost/asio/buffer.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/write.hpp>
#include <charconv>
#include <cstring>
#include <functional>
#include <memory>

#include "load/load.hpp"
#include "load/program.hpp"

namespace bench {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using Socket = std::shared_ptr<tcp::socket>;
using Buffer = std::array<char, 128 * 1024>;

tcp::endpoint endpoint(const std::string& address) {
    const std::size_t colon = address.rfind(':');
    boost::system::error_code no_host;
    const auto host = asio::ip::make_address(address.substr(0, colon), no_host);
    std::uint16_t port = 0;
    const char* const end = address.data() + address.size();
    const char* const digits = colon == std::string::npos ? end : address.data() + colon + 1;
    const auto [stop, no_port] = std::from_chars(digits, end, port);
    if (no_host || no_port != std::errc{} || stop != end) {
        throw std::runtime_error("not an address like 127.0.0.1:4000: " + address);
    }
    return {host, port};
}

Socket connect(asio::io_context& context, const std::string& address) {
    auto socket = std::make_shared<tcp::socket>(context);
    boost::system::error_code error;
    socket->connect(endpoint(address), error);
    if (error) throw std::runtime_error("cannot connect to " + address + ": " + error.message());
    socket->set_option(tcp::no_delay{true});
    return socket;
}

/// Passes on what comes from one socket to the other, until either is closed.
class Pipe : public std::enable_shared_from_this<Pipe> {
  public:
    Pipe(Socket from, Socket to) : from_(std::move(from)), to_(std::move(to)) {}

    void read() {
        from_->async_read_some(asio::buffer(buffer_), [self = shared_from_this()](auto error, std::size_t size) {
            if (error) return self->close();
            self->write(size);
        });
    }

  private:
    void write(std::size_t size) {
        asio::async_write(*to_, asio::buffer(buffer_, size), [self = shared_from_this()](auto error, std::size_t) {
            if (error) return self->close();
            self->read();
        });
    }
    void close() {
        from_->close();
        to_->close();
    }

    Socket from_;
    Socket to_;
    Buffer buffer_;
};

/// Takes connections without an end.
std::string listen(const std::string& address, const std::function<void(asio::io_context&, Socket)>& adopt) {
    asio::io_context context{1};
    tcp::acceptor acceptor{context, endpoint(address)};
    const std::function<void()> accept = [&] {
        acceptor.async_accept([&](auto error, tcp::socket accepted) {
            if (error) throw boost::system::system_error{error};
            accepted.set_option(tcp::no_delay{true});
            adopt(context, std::make_shared<tcp::socket>(std::move(accepted)));
            accept();
        });
    };
    accept();
    say_serving();
    context.run();
    return {};
}

std::string serve(const CommandLine& line) {
    return listen(line.target,
                  [](asio::io_context&, const Socket& client) { std::make_shared<Pipe>(client, client)->read(); });
}

std::string relay(const CommandLine& line) {
    if (line.command.size() != 1) throw std::runtime_error("relay needs the address of the service, behind --");
    return listen(line.target, [&](asio::io_context& context, const Socket& client) {
        const Socket service = connect(context, line.command.front());
        std::make_shared<Pipe>(client, service)->read();
        std::make_shared<Pipe>(service, client)->read();
    });
}

/// Sends messages of one length, each of which begins with its number.
class RelayCaller final : public Caller {
  public:
    RelayCaller(const std::string& address, const Options& options)
        : message_(overhead_bytes + options.text_bytes, 'h'), socket_(connect(context_, address)) {
        socket_->non_blocking(true);
    }

    void start(std::uint64_t number) override {
        std::memcpy(message_.data(), &number, sizeof number);
        to_send_ += message_;
        send();
    }

    std::optional<Ended> wait(Clock::time_point until) override {
        while (received_.size() < message_.size()) {
            if (receive()) continue;
            if (until != forever && Clock::now() >= until) return std::nullopt;
            wait_for_socket(until);
            send();
        }
        std::uint64_t number = 0;
        std::memcpy(&number, received_.data(), sizeof number);
        received_.erase(0, message_.size());
        return Ended{number, Clock::now()};
    }

  private:
    /// What a call of the framework has beside its text: names, properties, headers.
    static constexpr std::size_t overhead_bytes = 250;

    void send() {
        if (to_send_.empty()) return;
        boost::system::error_code error;
        const std::size_t size = socket_->write_some(asio::buffer(to_send_), error);
        if (error && error != asio::error::would_block) throw boost::system::system_error{error};
        to_send_.erase(0, size);
    }

    bool receive() {
        boost::system::error_code error;
        const std::size_t size = socket_->read_some(asio::buffer(buffer_), error);
        if (error == asio::error::would_block) return false;
        if (error) throw boost::system::system_error{error};
        received_.append(buffer_.data(), size);
        return true;
    }

    void wait_for_socket(Clock::time_point until) {
        const auto wanted = static_cast<short>(to_send_.empty() ? POLLIN : POLLIN | POLLOUT);
        pollfd socket{.fd = socket_->native_handle(), .events = wanted, .revents = 0};
        const auto left = until == forever ? std::chrono::hours{1} : std::chrono::nanoseconds{until - Clock::now()};
        const auto left_ns = std::max<std::int64_t>(0, std::chrono::nanoseconds{left}.count());
        const timespec timeout{.tv_sec = left_ns / 1'000'000'000, .tv_nsec = left_ns % 1'000'000'000};
        ppoll(&socket, 1, &timeout, nullptr);
    }

    std::string message_;
    asio::io_context context_;
    Socket socket_;
    std::string to_send_;
    std::string received_;
    Buffer buffer_;
};

std::string call(const CommandLine& line) {
    const auto caller = std::make_unique<RelayCaller>(line.target, line.options);
    return run_load(*caller, line.options);
}

}  // namespace
}  // namespace bench

int main(int argc, char** argv) {
    using namespace bench;
    return run_mode(argc, argv, {{"serve", serve}, {"relay", relay}, {"call", call}});
}
