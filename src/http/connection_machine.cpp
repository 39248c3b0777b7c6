#include "http/connection_machine.hpp"

#include <fmt/format.h>

#include <iterator>
#include <utility>

#include "http/problem.hpp"

namespace hiratake::http {

ConnectionMachine::ConnectionMachine(const Limits& limits, const Clock& clock) : limits_(limits), clock_(clock) {
    enter(Phase::idle, limits_.idle_timeout);
}

void ConnectionMachine::receive(std::string_view bytes) {
    if (phase_ == Phase::lingering || phase_ == Phase::finished) return;
    input_.append(bytes);
    advance();
}

void ConnectionMachine::receive_end() {
    input_ended_ = true;
    if (phase_ == Phase::lingering) return enter(Phase::finished, Duration::max());
    // A client that has only ended its half may still read a body to its end; a stream of events has none.
    if (phase_ == Phase::streaming && !body_keep_alive_.empty()) return abort_body();
    advance();
}

std::optional<ConnectionMachine::StoredPiece> ConnectionMachine::take_stored_piece() {
    if ((phase_ != Phase::body && phase_ != Phase::complete) || !parser_->store()) return std::nullopt;
    return StoredPiece{parser_->store(), parser_->take_body()};
}

std::optional<Request> ConnectionMachine::take_request() {
    if (phase_ != Phase::complete) return std::nullopt;
    enter(Phase::answering, Duration::max());
    return parser_->take_request();
}

std::optional<ConnectionMachine::Refusal> ConnectionMachine::take_refusal() {
    return std::exchange(refusal_, std::nullopt);
}

void ConnectionMachine::respond(const Response& response) {
    if (phase_ != Phase::answering) return;
    if (response.upgraded) return switch_protocols(response);
    const bool keep_alive = may_keep_alive();
    append_response(output_, response,
                    {.keep_alive = keep_alive, .is_http_1_0 = !parser_->is_http_1_1(), .omit_body = parser_->is_head()},
                    clock_.wall_time());
    end_response(keep_alive);
}

bool ConnectionMachine::may_keep_alive() const {
    const bool was_last = input_ended_ && input_.empty();
    return keep_alive_ && !is_draining_ && !was_last;
}

void ConnectionMachine::end_response(bool keep_alive) {
    parser_.reset();
    if (!keep_alive) return end_after_output();
    enter(Phase::idle, limits_.idle_timeout);
    advance();
}

void ConnectionMachine::begin_response(const Response& header, std::optional<std::uint64_t> length,
                                       std::string_view keep_alive) {
    if (phase_ != Phase::answering) return;
    const bool is_http_1_0 = !parser_->is_http_1_1();
    const bool omit_body = parser_->is_head() || has_no_body(header.status);
    body_length_ = length        ? BodyLength::Kind::known
                   : is_http_1_0 ? BodyLength::Kind::to_end
                                 : BodyLength::Kind::chunked;
    body_bytes_left_ = length.value_or(0);
    body_keep_alive_ = keep_alive;
    // The end of the connection is the end of the body: nothing can come after it.
    keep_alive_ = may_keep_alive() && (omit_body || body_length_ != BodyLength::Kind::to_end);
    append_header(output_, header, {body_length_, body_bytes_left_},
                  {.keep_alive = keep_alive_, .is_http_1_0 = is_http_1_0}, clock_.wall_time());
    if (omit_body) return end_response(keep_alive_);
    enter(Phase::streaming, body_keep_alive_.empty() ? Duration::max() : limits_.event_idle_timeout);
}

bool ConnectionMachine::wants_body() const {
    return phase_ == Phase::streaming && output_.size() < limits_.max_unsent_body_bytes;
}

void ConnectionMachine::send_body(std::string_view bytes) {
    if (phase_ != Phase::streaming || bytes.empty()) return;
    switch (body_length_) {
        case BodyLength::Kind::known:
            if (bytes.size() > body_bytes_left_) return abort_body();
            body_bytes_left_ -= bytes.size();
            output_ += bytes;
            break;
        case BodyLength::Kind::chunked:
            fmt::format_to(std::back_inserter(output_), "{:x}\r\n", bytes.size());
            output_.append(bytes).append("\r\n");
            break;
        case BodyLength::Kind::to_end: output_ += bytes; break;
    }
    if (!body_keep_alive_.empty()) enter(Phase::streaming, limits_.event_idle_timeout);
}

void ConnectionMachine::end_body() {
    if (phase_ != Phase::streaming) return;
    if (body_bytes_left_ > 0) return abort_body();
    if (body_length_ == BodyLength::Kind::chunked) output_ += "0\r\n\r\n";
    end_response(may_keep_alive());
}

// What was sent before still leaves, if the client takes it.
void ConnectionMachine::abort_body() {
    if (phase_ != Phase::streaming) return;
    parser_.reset();
    input_.clear();
    enter(Phase::finished, Duration::max());
}

// A client that does not even take what is there needs no more of it.
void ConnectionMachine::send_keep_alive() {
    if (output_.empty() && !is_writing_) return send_body(body_keep_alive_);
    enter(Phase::streaming, limits_.event_idle_timeout);
}

void ConnectionMachine::switch_protocols(const Response& response) {
    if (!asks_for_upgrade_ || is_draining_ || input_ended_) {
        return respond(problem(asks_for_upgrade_ ? 503 : 500, "the connection cannot switch to another protocol"));
    }
    append_response(output_, response, {.is_upgrade = true}, clock_.wall_time());
    parser_.reset();
    enter(Phase::switched, Duration::max());
}

void ConnectionMachine::tick() {
    const auto now = clock_.now();
    if (write_deadline_.passed(now)) return abandon();
    if (!phase_deadline_.passed(now)) return;
    switch (phase_) {
        case Phase::header: return fail(408, "the header did not arrive in time");
        case Phase::body: return fail(408, "the body did not arrive in time");
        case Phase::idle:
        case Phase::lingering: return enter(Phase::finished, Duration::max());
        case Phase::streaming: return send_keep_alive();
        case Phase::complete:
        case Phase::answering:
        case Phase::switched:
        case Phase::finished: return;
    }
}

void ConnectionMachine::drain() {
    is_draining_ = true;
    if (phase_ == Phase::idle) end_after_output();
}

std::string ConnectionMachine::take_output() {
    if (is_writing_ || output_.empty()) return {};
    is_writing_ = true;
    write_deadline_ = Deadline::after(clock_.now(), limits_.write_timeout);
    return std::exchange(output_, {});
}

void ConnectionMachine::output_written() {
    is_writing_ = false;
    write_deadline_ = Deadline::never();
    if (phase_ == Phase::lingering && output_.empty()) enter(Phase::lingering, limits_.linger_timeout);
    advance();
}

bool ConnectionMachine::wants_input() const {
    if (input_ended_ || phase_ == Phase::finished || phase_ == Phase::switched) return false;
    // What follows a request for an upgrade is read by the one that the connection goes to.
    if (phase_ == Phase::answering && asks_for_upgrade_) return false;
    return input_.size() < limits_.max_read_ahead_bytes || phase_ == Phase::header || phase_ == Phase::body;
}

// Goes on with the bytes that are there, as far as the client takes its answers.
void ConnectionMachine::advance() {
    if (phase_ == Phase::idle && output_.size() < limits_.max_unsent_bytes) begin_request();
    if (phase_ == Phase::header || phase_ == Phase::body) parse();
    if (!input_ended_) return;
    // Nothing will complete what has only begun; what waits for the client to take its answers still has its turn.
    const bool is_incomplete = phase_ == Phase::header || phase_ == Phase::body;
    if (is_incomplete || (phase_ == Phase::idle && input_.empty())) enter(Phase::finished, Duration::max());
}

void ConnectionMachine::begin_request() {
    // RFC 9112 section 2.2: empty lines before a request are ignored.
    const auto first = input_.find_first_not_of("\r\n");
    input_.erase(0, first);
    if (input_.empty()) return;
    parser_.emplace(limits_);
    continue_sent_ = false;
    enter(Phase::header, limits_.header_timeout);
}

void ConnectionMachine::parse() {
    input_.erase(0, parser_->feed(input_));
    switch (parser_->state()) {
        case RequestParser::State::header: return;
        case RequestParser::State::body:
            if (phase_ == Phase::header) enter(Phase::body, limits_.body_timeout);
            if (parser_->expects_continue() && !continue_sent_ && input_.empty()) {
                output_ += "HTTP/1.1 100 Continue\r\n\r\n";
                continue_sent_ = true;
            }
            return;
        case RequestParser::State::complete:
            keep_alive_ = parser_->keep_alive();
            asks_for_upgrade_ = parser_->asks_for_upgrade();
            return enter(Phase::complete, Duration::max());
        case RequestParser::State::failed: return fail(parser_->failure().status, parser_->failure().detail);
    }
}

void ConnectionMachine::fail(int status, const std::string& detail) {
    refusal_ = Refusal{status, detail};
    append_response(output_, problem(status, detail),
                    {.keep_alive = false, .is_http_1_0 = false, .omit_body = parser_ && parser_->is_head()},
                    clock_.wall_time());
    end_after_output();
}

void ConnectionMachine::end_after_output() {
    input_.clear();
    if (input_ended_) return enter(Phase::finished, Duration::max());
    // With an answer still to be written, the time to linger counts from its end: see output_written().
    const bool is_all_written = output_.empty() && !is_writing_;
    enter(Phase::lingering, is_all_written ? limits_.linger_timeout : Duration::max());
}

void ConnectionMachine::enter(Phase phase, Duration timeout) {
    phase_ = phase;
    phase_deadline_ = Deadline::after(clock_.now(), timeout);
}

void ConnectionMachine::abandon() {
    output_.clear();
    is_writing_ = false;
    write_deadline_ = Deadline::never();
    enter(Phase::finished, Duration::max());
}

}  // namespace hiratake::http
