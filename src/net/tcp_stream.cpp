#include "net/tcp_stream.hpp"

namespace hiratake::net {

using boost::asio::ip::tcp;

TcpStream::TcpStream(EventLoop& loop, tcp::socket socket, SocketRole role)
    : SocketStream(loop, std::move(socket), read_endpoints(socket, role)) {}

void TcpStream::async_receive(ReceiveHandler handler) {
    receive(loop(), state_, std::move(handler));
}

void TcpStream::receive(EventLoop& loop, std::shared_ptr<State> state, ReceiveHandler handler) {
    auto& socket = state->stream;
    socket.async_wait(tcp::socket::wait_read,
                      [&loop, state = std::move(state), handler = std::move(handler)](ErrorCode error) mutable {
                          const auto room = loop.read_buffer();
                          std::size_t length = 0;
                          error = state->outcome(error);
                          if (!error && !state->stream.non_blocking()) state->stream.non_blocking(true, error);
                          if (!error)
                              length = state->stream.read_some(boost::asio::buffer(room.data(), room.size()), error);
                          // A socket may seem to be readable, and not be so any more.
                          if (error == boost::asio::error::would_block)
                              return receive(loop, std::move(state), std::move(handler));
                          handler(error, {room.data(), length});
                      });
}

std::size_t TcpStream::write_now(std::string_view bytes) {
    ErrorCode error;
    if (!state_->stream.non_blocking()) state_->stream.non_blocking(true, error);
    if (error) return 0;
    return state_->stream.write_some(boost::asio::buffer(bytes.data(), bytes.size()), error);
}

void TcpStream::async_shutdown_write(WriteHandler handler) {
    ErrorCode error;
    state_->stream.shutdown(tcp::socket::shutdown_send, error);
    loop().post([state = state_, error, handler = std::move(handler)]() mutable { handler(state->outcome(error)); });
}

}  // namespace hiratake::net
