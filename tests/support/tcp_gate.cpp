#include "support/tcp_gate.hpp"

#include <array>
#include <atomic>
#include <chrono>
#include <utility>
#include <vector>

#include "net/connector.hpp"
#include "net/parker.hpp"

namespace hiratake::test {

/// One connection through the gate: two streams, each copied to the other.
class TcpGate::Relay : public std::enable_shared_from_this<Relay> {
  public:
    Relay(std::unique_ptr<net::ByteStream> client, std::unique_ptr<net::ByteStream> server)
        : sides_{std::move(client), std::move(server)} {}

    void start() {
        copy(0);
        copy(1);
    }
    void close() {
        for (const auto& side : sides_) side->close();
    }

  private:
    void copy(std::size_t from) {
        sides_[from]->async_read_some(
            buffers_[from], [self = shared_from_this(), from](net::ErrorCode error, std::size_t length) {
                if (error) return self->close();
                self->sides_[1 - from]->async_write(std::string_view{self->buffers_[from].data(), length},
                                                    [self, from](net::ErrorCode write_error) {
                                                        if (write_error) return self->close();
                                                        self->copy(from);
                                                    });
            });
    }

    std::array<std::unique_ptr<net::ByteStream>, 2> sides_;
    std::array<std::array<char, 65536>, 2> buffers_;
};

struct TcpGate::State : std::enable_shared_from_this<State> {
    void accept(net::EventLoop& loop, std::unique_ptr<net::ByteStream> client, std::uint16_t target_port) {
        if (!is_open) return client->close();
        auto connector = std::make_shared<net::Connector>(loop);
        const Deadline deadline = Deadline::after(loop.clock().now(), std::chrono::seconds{5});
        connector->async_connect(
            {"127.0.0.1", target_port, {}, {}}, deadline,
            [self = shared_from_this(), connector, held = std::move(client)](net::ConnectResult result) mutable {
                if (!result.stream || !self->is_open) return held->close();
                auto relay = std::make_shared<Relay>(std::move(held), std::move(result.stream));
                self->relays.push_back(relay);
                ++self->connections;
                relay->start();
            });
    }

    void cut() {
        for (const auto& each : std::exchange(relays, {})) {
            if (const auto relay = each.lock()) relay->close();
        }
    }

    bool is_open = true;
    std::atomic<int> connections = 0;
    std::vector<std::weak_ptr<Relay>> relays;
};

TcpGate::TcpGate(std::uint16_t target_port)
    : log_(LogLevel::error, [](const LogRecord&) {}),
      loop_(log_, clock_),
      state_(std::make_shared<State>()),
      listener_(std::make_unique<net::Listener>(loop_, net::ListenOptions{})) {
    listener_->start([this, target_port](std::unique_ptr<net::ByteStream> client) {
        state_->accept(loop_, std::move(client), target_port);
    });
    loop_.start();
}

TcpGate::~TcpGate() {
    loop_.stop();
    loop_.join();
}

void TcpGate::close() {
    net::Parker done;
    loop_.post([&] {
        state_->is_open = false;
        state_->cut();
        done.unpark();
    });
    done.park();
}

void TcpGate::open() {
    net::Parker done;
    loop_.post([&] {
        state_->is_open = true;
        done.unpark();
    });
    done.park();
}

void TcpGate::cut() {
    net::Parker done;
    loop_.post([&] {
        state_->cut();
        done.unpark();
    });
    done.park();
}

int TcpGate::connections() const {
    return state_->connections;
}

}  // namespace hiratake::test
