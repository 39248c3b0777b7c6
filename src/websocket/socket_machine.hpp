#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "hiratake/base/clock.hpp"
#include "hiratake/base/deadline.hpp"
#include "websocket/frame_reader.hpp"
#include "websocket/limits.hpp"
#include "websocket/message_assembler.hpp"

namespace hiratake::websocket {

/// The server's side of one WebSocket connection after its opening handshake (RFC 6455), without I/O: it is fed bytes
/// and the time, hands out messages one at a time, takes what is to be sent, and says which frames to write and when to
/// close. It answers pings, and closes on whatever the RFC forbids.
///
/// After each call the driver looks at what there is to do: take_message(), take_output(), wants_input(),
/// wants_end_of_output(), is_finished(), and deadline().
class SocketMachine {
  public:
    /// Why the socket is not open any more.
    struct Closure {
        CloseCode code = CloseCode::normal;
        std::string reason;
        /// Whether the client began it, by a Close frame or by going away.
        bool is_by_client = false;
    };

    /// @param limits outlives the machine
    SocketMachine(const Limits& limits, const Clock& clock);

    /// Bytes that have arrived.
    void receive(std::string_view bytes);
    /// The client will send nothing more.
    void receive_end();
    /// The message that has arrived completely; the next one only after message_handled(), and while the client is
    /// behind in taking what it is sent, not yet.
    std::optional<Message> take_message();
    /// The message taken last has been dealt with; its answer, if there is one, was handed to send() before.
    void message_handled();
    /// Queues a frame of data. Does nothing when the socket is not open.
    void send(EncodedFrame frame);
    /// Begins the closing handshake. Does nothing when the socket is not open.
    /// @param reason short ASCII
    void close(CloseCode code, std::string reason);
    /// Closes with 1001 as soon as the message that is being handled has been answered.
    void drain();
    /// The deadline may have passed.
    void tick();

    /// The frames to write next; empty when there are none, or when those taken before are not written yet.
    std::vector<EncodedFrame> take_output();
    /// What take_output() returned has been written.
    void output_written();
    bool wants_input() const;
    /// Nothing more will be written, and the client should be told so (once) while reading goes on for a moment.
    bool wants_end_of_output() const { return phase_ == Phase::lingering && queued_bytes_ == 0; }
    /// Time to close the connection.
    bool is_finished() const { return phase_ == Phase::finished && queued_bytes_ == 0; }
    bool is_open() const { return phase_ == Phase::open; }
    /// Once it is not open any more.
    const Closure& closure() const { return closure_; }
    /// When to call tick().
    Deadline deadline() const;

  private:
    enum class Phase {
        open,
        closing,    // our Close frame is out or on its way; the client's is awaited
        lingering,  // nothing more will be sent; what comes is thrown away until the client closes the connection
        finished,
    };

    void advance();
    void handle(Frame frame);
    void handle_close(const std::string& payload);
    void fail(const Failure& failure);
    void queue(EncodedFrame frame);
    void linger();
    void leave_open(CloseCode code, std::string reason, bool is_by_client);
    void abandon(std::string reason);
    void listen_anew();

    const Limits& limits_;
    const Clock& clock_;
    Phase phase_ = Phase::open;
    FrameReader reader_;
    MessageAssembler assembler_;
    std::optional<Message> message_;
    std::vector<EncodedFrame> output_;
    /// Of output_ and of what is being written.
    std::size_t queued_bytes_ = 0;
    std::size_t writing_bytes_ = 0;
    Closure closure_;
    Deadline life_deadline_;
    Deadline write_deadline_;
    Deadline phase_deadline_;
    bool is_ping_out_ = false;
    bool is_handling_ = false;
    bool is_draining_ = false;
    bool input_ended_ = false;
};

}  // namespace hiratake::websocket
