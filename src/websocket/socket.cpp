#include "websocket/socket.hpp"

#include <string_view>
#include <utility>

#include "net/event_loop.hpp"

namespace hiratake::websocket {

Socket::Socket(std::string id, WorkerContext::Inbound origin, const Limits& limits, net::EventLoop& loop,
               SocketListener& listener, std::shared_ptr<void> place)
    : id_(std::move(id)),
      origin_(std::move(origin)),
      loop_(loop),
      listener_(listener),
      place_(std::move(place)),
      machine_(limits, loop.clock()),
      timer_(loop) {}

void Socket::start(std::unique_ptr<net::ByteStream> stream, std::string received, net::UniqueFunction<void()> on_end) {
    stream_ = std::move(stream);
    on_end_ = std::move(on_end);
    is_known_ = true;
    listener_.socket_opened(*this);
    machine_.receive(received);
    step();
}

void Socket::drain() {
    machine_.drain();
    step();
}

void Socket::close() {
    if (std::exchange(is_closed_, true)) return;
    timer_.cancel();
    stream_->close();
    if (std::exchange(is_known_, false)) listener_.socket_closed(*this);
    on_end_();
}

void Socket::send(EncodedFrame frame) {
    machine_.send(std::move(frame));
    step();
}

void Socket::reply(EncodedFrame frame) {
    machine_.send(std::move(frame));
    machine_.message_handled();
    step();
}

void Socket::end(CloseCode code, std::string reason) {
    machine_.close(code, std::move(reason));
    step();
}

// Does what the machine asks for now.
void Socket::step() {
    if (is_closed_) return;
    if (auto message = machine_.take_message()) {
        listener_.message_arrived(*this, std::move(*message));
        if (is_closed_) return;
    }
    // A socket that says goodbye is not one to send to any more.
    if (!machine_.is_open() && std::exchange(is_known_, false)) listener_.socket_closed(*this);
    write();
    if (machine_.is_finished()) return close();
    if (machine_.wants_end_of_output() && !std::exchange(is_output_ended_, true)) {
        stream_->async_shutdown_write([self = shared_from_this()](net::ErrorCode error) {
            if (error) self->close();
        });
    }
    read();
    arm_timer();
}

void Socket::write() {
    auto output = machine_.take_output();
    if (output.empty()) return;
    writing_ = std::move(output);
    std::vector<std::string_view> buffers;
    buffers.reserve(writing_.size());
    for (const auto& frame : writing_) buffers.emplace_back(*frame);
    stream_->async_write(buffers, [self = shared_from_this()](net::ErrorCode error) {
        if (error) return self->close();
        self->writing_.clear();
        self->machine_.output_written();
        self->step();
    });
}

void Socket::read() {
    if (is_reading_ || !machine_.wants_input()) return;
    is_reading_ = true;
    stream_->async_read_some(buffer_, [self = shared_from_this()](net::ErrorCode error, std::size_t length) {
        self->is_reading_ = false;
        if (net::is_end_of_stream(error)) {
            self->machine_.receive_end();
        } else if (error) {
            return self->close();
        } else {
            self->machine_.receive({self->buffer_.data(), length});
        }
        self->step();
    });
}

// A timer that rings too early finds nothing to do and is set again, which is cheaper than setting it for every byte.
void Socket::arm_timer() {
    const auto deadline = machine_.deadline();
    if (timer_.is_armed() && armed_for_.at() <= deadline.at()) return;
    armed_for_ = deadline;
    timer_.start(deadline, [this] {
        machine_.tick();
        step();
    });
}

}  // namespace hiratake::websocket
