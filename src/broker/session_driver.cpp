#include "broker/session_driver.hpp"

#include <chrono>
#include <exception>
#include <utility>

#include "broker/server.hpp"
#include "net/event_loop.hpp"

namespace hiratake::broker {
namespace {

constexpr std::size_t read_size = 65536;
/// How long a client may take to hang up after the last byte for it, so that this byte is not lost to a reset.
constexpr std::chrono::seconds farewell{1};

}  // namespace

SessionDriver::SessionDriver(Server& server, std::unique_ptr<net::ByteStream> stream)
    : server_(&server), stream_(std::move(stream)), farewell_timer_(server.loop()) {
    session_.emplace(server.core(), core::Peer{stream_->description(), stream_->is_loopback()}, *this);
}

SessionDriver::~SessionDriver() = default;

void SessionDriver::start() {
    server_->rearm();
    read();
}

void SessionDriver::read() {
    if (reading_ || leaving_ || !session_ || session_->is_over() || session_->is_reading_paused()) return;
    reading_ = true;
    stream_->async_read_some(
        session_->prepare_input(read_size),
        [self = shared_from_this()](net::ErrorCode error, std::size_t size) { self->on_read(error, size); });
}

void SessionDriver::on_read(net::ErrorCode error, std::size_t size) {
    reading_ = false;
    if (!session_) return;
    if (error) {
        end();
        return;
    }
    try {
        session_->received(size);
    } catch (const std::exception& failure) {
        // One client's misfortune, such as a lack of memory for its message, is not the others'.
        server_->log_failure(*stream_, failure);
        end();
        return;
    }
    server_->rearm();
    read();
}

void SessionDriver::attend() {
    write();
    read();
}

void SessionDriver::write() {
    if (writing_ || !session_) return;
    if (session_->has_output()) {
        if (!write_output()) return;
    }
    if (session_->is_over() && !std::exchange(leaving_, true)) {
        // Later, because the session must not go while it waits for its owner to come back.
        server_->loop().post([self = shared_from_this()] { self->say_goodbye(); });
    }
}

// Whether all has been written. When deliveries wait for that, they have their turn behind the other connections.
bool SessionDriver::write_output() {
    output_.clear();
    session_->take_output(output_);
    const auto on_written = [self = shared_from_this()](net::ErrorCode error) { self->on_written(error); };
    writing_ = !stream_->write(output_, on_written);
    if (writing_) return false;
    if (session_->is_starved()) {
        writing_ = true;
        server_->loop().post([on_written] { on_written({}); });
        return false;
    }
    session_->output_written();
    return true;
}

void SessionDriver::on_written(net::ErrorCode error) {
    writing_ = false;
    if (!session_) return;
    if (error) {
        end();
        return;
    }
    session_->output_written();
    server_->rearm();
    attend();
}

void SessionDriver::say_goodbye() {
    if (!session_) return;
    farewell_timer_.start_after(farewell, [self = shared_from_this()] { self->end(); });
    if (session_->client_has_closed()) {
        discard_input();
        return;
    }
    stream_->async_shutdown_write([self = shared_from_this()](net::ErrorCode error) {
        if (error) {
            self->end();
        } else {
            self->discard_input();
        }
    });
}

void SessionDriver::discard_input() {
    if (reading_ || !session_) return;
    reading_ = true;
    stream_->async_read_some(discarded_, [self = shared_from_this()](net::ErrorCode error, std::size_t) {
        self->reading_ = false;
        if (error) {
            self->end();
        } else {
            self->discard_input();
        }
    });
}

void SessionDriver::end() {
    if (!server_) return;
    const std::shared_ptr<SessionDriver> self = shared_from_this();
    Server& server = *std::exchange(server_, nullptr);
    farewell_timer_.cancel();
    server.log_end(*stream_, session_->end_reason());
    session_.reset();
    stream_->close();
    server.remove(*this);
}

}  // namespace hiratake::broker
