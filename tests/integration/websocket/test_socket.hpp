#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "hiratake/payload/value.hpp"

namespace hiratake::test {

/// A WebSocket client that knows nothing of the code under test: a blocking socket. Whatever takes longer than 20 s
/// throws std::runtime_error, as does a connection that ends.
class TestSocket {
  public:
    struct Frame {
        int opcode = 0;
        std::string payload;
    };

    /// Connects and takes the `connected` event.
    /// @param more_headers whole lines
    explicit TestSocket(std::uint16_t port, const std::string& more_headers = {});
    TestSocket(TestSocket&& other) noexcept;
    TestSocket& operator=(TestSocket&&) = delete;
    ~TestSocket();

    /// From the `connected` event.
    const std::string& id() const { return id_; }
    void send_text(std::string_view text) const;
    /// The next frame that is no ping, which is answered.
    Frame receive();
    /// The text of the next frame, which must be one.
    std::string receive_text();
    Value receive_json();
    /// Calls a method and returns the reply.
    Value call(std::string_view method, Object data, Value correlation_id = nullptr);
    /// Takes frames until the server closes, answers, hangs up, and returns the server's code.
    int wait_for_close();

  private:
    std::string read(std::size_t length);
    void write(std::string_view bytes) const;
    void send_frame(int opcode, std::string_view payload) const;

    int descriptor_ = -1;
    std::string input_;
    std::string id_;
};

/// Sends one request on a connection of its own, and returns the head of the answer.
std::string head_of_answer(std::uint16_t port, std::string_view request);
/// The request that opens a WebSocket.
std::string opening_request(const std::string& more_headers = {});

}  // namespace hiratake::test
