#pragma once

#include "net/socket_stream.hpp"

namespace hiratake::net {

class TcpStream final : public SocketStream<boost::asio::ip::tcp::socket> {
  public:
    TcpStream(EventLoop& loop, boost::asio::ip::tcp::socket socket, SocketRole role);

    void async_receive(ReceiveHandler handler) override;
    void async_shutdown_write(WriteHandler handler) override;

  private:
    std::size_t write_now(std::string_view bytes) override;
    static void receive(EventLoop& loop, std::shared_ptr<State> state, ReceiveHandler handler);
};

}  // namespace hiratake::net
