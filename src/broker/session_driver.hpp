#pragma once

#include <array>
#include <memory>
#include <optional>
#include <string>

#include "broker/core/session.hpp"
#include "net/byte_stream.hpp"
#include "net/timer.hpp"

namespace hiratake::broker {

class Server;

/// Moves the bytes between one client's stream and its session. For the loop's thread.
///
/// Shared between its server, until the session ends, and the operations of the stream that are under way.
class SessionDriver final : public core::Session::Owner, public std::enable_shared_from_this<SessionDriver> {
  public:
    SessionDriver(Server& server, std::unique_ptr<net::ByteStream> stream);
    ~SessionDriver() override;

    void start();
    /// Gives back what the client held and hangs up, at once. The server forgets the driver.
    void end();

    void attend() override;

  private:
    void read();
    void on_read(net::ErrorCode error, std::size_t size);
    void write();
    bool write_output();
    void on_written(net::ErrorCode error);
    void say_goodbye();
    void discard_input();

    /// Null once ended.
    Server* server_;
    std::unique_ptr<net::ByteStream> stream_;
    std::optional<core::Session> session_;
    net::Timer farewell_timer_;
    amqp::ByteBuffer output_;
    std::array<char, 1024> discarded_{};
    bool reading_ = false;
    bool writing_ = false;
    bool leaving_ = false;
};

}  // namespace hiratake::broker
