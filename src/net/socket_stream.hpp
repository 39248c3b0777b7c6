#pragma once

#include <boost/asio/buffer.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/write.hpp>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "net/byte_stream.hpp"
#include "net/event_loop.hpp"
#include "net/socket_endpoints.hpp"

namespace hiratake::net {

/// What TcpStream and TlsStream share: a ByteStream over one of Asio's stream types.
template <class AsioStream>
class SocketStream : public ByteStream {
  public:
    ~SocketStream() override { close_socket(); }

    using ByteStream::async_write;

    void async_read_some(std::span<char> buffer, ReadHandler handler) override {
        state_->stream.async_read_some(
            boost::asio::buffer(buffer.data(), buffer.size()),
            [state = state_, handler = std::move(handler)](ErrorCode error, std::size_t length) mutable {
                handler(state->outcome(error), state->is_closed ? 0 : length);
            });
    }

    void async_write(std::span<const std::string_view> buffers, WriteHandler handler) override {
        std::vector<boost::asio::const_buffer> list;
        list.reserve(buffers.size());
        for (const auto bytes : buffers) list.emplace_back(bytes.data(), bytes.size());
        boost::asio::async_write(state_->stream, std::move(list),
                                 [state = state_, handler = std::move(handler)](ErrorCode error, std::size_t) mutable {
                                     handler(state->outcome(error));
                                 });
    }

    void close() override { close_socket(); }

    const std::string& description() const override { return endpoints_.description; }
    const std::string& peer_address() const override { return endpoints_.peer_address; }
    bool is_loopback() const override { return endpoints_.is_loopback; }
    EventLoop& loop() const override { return loop_; }

  protected:
    struct State {
        explicit State(AsioStream&& of) : stream(std::move(of)) {}
        // What completed just before close() counts as cancelled too: after close() nothing succeeds.
        ErrorCode outcome(ErrorCode error) const {
            return is_closed ? ErrorCode{boost::asio::error::operation_aborted} : error;
        }

        AsioStream stream;
        bool is_closed = false;
    };

    // By reference, so that the caller can read the endpoints off the stream in the same expression.
    SocketStream(EventLoop& loop, AsioStream&& stream, SocketEndpoints endpoints)
        : state_(std::make_shared<State>(std::move(stream))), loop_(loop), endpoints_(std::move(endpoints)) {}

    // Shared between this object and the operations under way: Asio touches the stream until their handlers have run.
    std::shared_ptr<State> state_;

  private:
    void close_socket() {
        state_->is_closed = true;
        ErrorCode ignored;  // The socket is gone in any case.
        state_->stream.lowest_layer().close(ignored);
    }

    EventLoop& loop_;
    SocketEndpoints endpoints_;
};

}  // namespace hiratake::net
