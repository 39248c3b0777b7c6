#pragma once

#include <array>
#include <memory>
#include <string>
#include <vector>

#include "hiratake/service/worker_context.hpp"
#include "http/upgraded_connection.hpp"
#include "net/byte_stream.hpp"
#include "net/timer.hpp"
#include "websocket/socket_machine.hpp"

namespace hiratake::websocket {

class Socket;

/// Who is told what happens to sockets. Called on the loop's thread.
class SocketListener {
  public:
    virtual ~SocketListener() = default;
    /// The first thing that happens to a socket: what is sent to it now, it receives first.
    virtual void socket_opened(Socket& socket) = 0;
    /// The next message comes after reply().
    virtual void message_arrived(Socket& socket, Message message) = 0;
    /// The last thing, once, for each that was opened.
    virtual void socket_closed(Socket& socket) = 0;
};

/// Drives one SocketMachine over the stream of a connection that was upgraded. All functions are for the loop's thread.
/// Shared between the HTTP connection that it took over, the listener's list, and the operations under way.
class Socket final : public http::UpgradedConnection, public std::enable_shared_from_this<Socket> {
  public:
    /// @param origin what the request that opened it told
    /// @param limits outlives the socket, as does `listener` until socket_closed()
    /// @param place held as long as the socket lives: it counts among those that are allowed
    Socket(std::string id, WorkerContext::Inbound origin, const Limits& limits, net::EventLoop& loop,
           SocketListener& listener, std::shared_ptr<void> place);

    const std::string& id() const { return id_; }
    /// For the workers that its messages cause.
    const WorkerContext::Inbound& origin() const { return origin_; }
    const std::string& peer_address() const { return stream_->peer_address(); }
    const SocketMachine::Closure& closure() const { return machine_.closure(); }

    void start(std::unique_ptr<net::ByteStream> stream, std::string received,
               net::UniqueFunction<void()> on_end) override;
    void drain() override;
    void close() override;

    void send(EncodedFrame frame);
    /// The answer to the message that arrived last.
    void reply(EncodedFrame frame);
    /// Closes in order, with a Close frame.
    void end(CloseCode code, std::string reason);

  private:
    void step();
    void write();
    void read();
    void arm_timer();

    const std::string id_;
    const WorkerContext::Inbound origin_;
    net::EventLoop& loop_;
    SocketListener& listener_;
    const std::shared_ptr<void> place_;
    SocketMachine machine_;
    net::Timer timer_;
    Deadline armed_for_;
    std::unique_ptr<net::ByteStream> stream_;
    net::UniqueFunction<void()> on_end_;
    std::array<char, 4 * 1024> buffer_;
    std::vector<EncodedFrame> writing_;
    bool is_reading_ = false;
    bool is_output_ended_ = false;
    bool is_known_ = false;
    bool is_closed_ = false;
};

}  // namespace hiratake::websocket
