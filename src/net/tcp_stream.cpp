#include "net/tcp_stream.hpp"

namespace hiratake::net {
namespace {

using boost::asio::ip::tcp;

}  // namespace

TcpStream::TcpStream(EventLoop& loop, tcp::socket socket, SocketRole role)
    : SocketStream(loop, std::move(socket), read_endpoints(socket, role)) {}

void TcpStream::async_shutdown_write(WriteHandler handler) {
    ErrorCode error;
    state_->stream.shutdown(tcp::socket::shutdown_send, error);
    loop().post([state = state_, error, handler = std::move(handler)]() mutable { handler(state->outcome(error)); });
}

}  // namespace hiratake::net
