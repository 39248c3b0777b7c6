#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "hiratake/base/clock.hpp"
#include "hiratake/base/deadline.hpp"
#include "hiratake/http/request.hpp"
#include "hiratake/http/response.hpp"
#include "http/limits.hpp"
#include "http/request_parser.hpp"
#include "http/response_writer.hpp"

namespace hiratake::http {

/// The server's side of one HTTP/1.x connection (RFC 9112), without I/O: it is fed bytes and the time, hands out
/// complete requests one at a time (those of a pipeline in order), takes their responses, and says which bytes to write
/// and when to close.
///
/// After each call the driver looks at what there is to do: take_request(), take_output(), wants_input(),
/// wants_end_of_output(), has_switched(), is_finished(), and deadline().
class ConnectionMachine {
  public:
    /// What the machine has answered by itself.
    struct Refusal {
        int status = 0;
        std::string detail;
    };

    /// @param limits outlives the machine
    ConnectionMachine(const Limits& limits, const Clock& clock);

    /// Bytes that have arrived. At any time; what comes while wants_input() is false is kept too.
    void receive(std::string_view bytes);
    /// The client will send nothing more. A request that is being answered still gets its answer.
    void receive_end();
    /// A part of a body that goes to a store, by its rules. To be appended there before take_request().
    struct StoredPiece {
        std::shared_ptr<UploadContent> store;
        std::string bytes;
    };
    std::optional<StoredPiece> take_stored_piece();
    /// What take_stored_piece() returned could not be stored: the request is refused.
    void refuse(int status, const std::string& detail) { fail(status, detail); }
    /// The request that has arrived completely; the next one only after respond().
    std::optional<Request> take_request();
    /// Of the request taken last, until it is answered.
    bool is_http_1_0() const { return parser_ && !parser_->is_http_1_1(); }
    /// The answer to the request taken last.
    void respond(const Response& response);
    /// As respond(), for a body that follows piece by piece: send_body() while wants_body(), then end_body() or
    /// abort_body().
    /// @param length of the body, where it is known
    /// @param keep_alive what is sent when no piece comes for `event_idle_timeout`; nothing when empty; outlives the
    ///        body
    void begin_response(const Response& header, std::optional<std::uint64_t> length, std::string_view keep_alive = {});
    /// Whether the response under way has room for another piece. False from the start for a response without a body.
    bool wants_body() const;
    void send_body(std::string_view bytes);
    /// The body is complete. One that is shorter or longer than was said is aborted.
    void end_body();
    /// The body will never be complete: the connection ends in a way that shows it to the client.
    void abort_body();
    /// Whether a body is being sent.
    bool is_streaming() const { return phase_ == Phase::streaming; }
    /// The request that was refused without having been handed out, for the log; once.
    std::optional<Refusal> take_refusal();
    /// The deadline may have passed.
    void tick();
    /// Takes no further request: what is being answered is the last.
    void drain();
    bool is_draining() const { return is_draining_; }

    /// The bytes to write next; empty when there are none, or when those taken before are not written yet.
    std::string take_output();
    /// What take_output() returned has been written.
    void output_written();
    /// Nothing more will be written, and the client should be told so (once) while reading goes on for a moment.
    bool wants_end_of_output() const { return phase_ == Phase::lingering && output_.empty() && !is_writing_; }
    bool wants_input() const;
    /// The response was a 101 and has been written: the connection now belongs to what the handler made for it. A read
    /// that is under way still belongs here: its bytes go to receive().
    bool has_switched() const { return phase_ == Phase::switched && output_.empty() && !is_writing_; }
    /// After the switch: what the client has sent behind its request. Once.
    std::string take_input() { return std::exchange(input_, {}); }
    /// Time to close the connection.
    bool is_finished() const { return phase_ == Phase::finished && output_.empty() && !is_writing_; }
    /// When to call tick().
    Deadline deadline() const { return phase_deadline_.earlier(write_deadline_); }

  private:
    enum class Phase {
        idle,       // no byte of a request yet
        header,     // a request has begun
        body,       // its header is complete
        complete,   // it waits for take_request()
        answering,  // it was taken; its response is awaited
        streaming,  // the body of its response is being sent, piece by piece
        switched,   // it was answered with 101: what comes is of another protocol
        lingering,  // the last response is out or on its way; what comes is thrown away
        finished,
    };

    void advance();
    void parse();
    void begin_request();
    void switch_protocols(const Response& response);
    void fail(int status, const std::string& detail);
    bool may_keep_alive() const;
    void end_response(bool keep_alive);
    void send_keep_alive();
    void end_after_output();
    void enter(Phase phase, Duration timeout);
    void abandon();

    const Limits& limits_;
    const Clock& clock_;
    Phase phase_ = Phase::idle;
    Deadline phase_deadline_;
    Deadline write_deadline_;
    std::string input_;
    std::string output_;
    std::optional<RequestParser> parser_;
    std::optional<Refusal> refusal_;
    bool keep_alive_ = false;
    // Of the body under way.
    BodyLength::Kind body_length_ = BodyLength::Kind::known;
    std::uint64_t body_bytes_left_ = 0;
    std::string_view body_keep_alive_;
    bool continue_sent_ = false;
    bool asks_for_upgrade_ = false;
    bool input_ended_ = false;
    bool is_draining_ = false;
    bool is_writing_ = false;
};

}  // namespace hiratake::http
