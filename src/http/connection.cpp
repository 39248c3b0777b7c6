#include "http/connection.hpp"

#include <utility>

#include "http/compression.hpp"
#include "http/problem.hpp"
#include "http/request_conditions.hpp"
#include "http/storage_error.hpp"
#include "http/text_body.hpp"
#include "http/upload_content.hpp"
#include "net/event_loop.hpp"

namespace hiratake::http {
namespace {

// Larger ones are written piece by piece, each with its own time for the client to take it.
constexpr std::size_t largest_body_written_at_once = 256 * 1024;
constexpr std::size_t body_piece_bytes = 32 * 1024;

// A range is one of the plain bytes.
void negotiate(Response& response, const RequestConditions* conditions, Compression compression) {
    const bool may_compress = compression != Compression::off && is_compressible(response);
    if (may_compress) vary_by_encoding(response);
    if (conditions) conditions->apply(response);
    if (may_compress && compression == Compression::accepted && response.status == 200) compress(response);
}

}  // namespace

Connection::Connection(std::unique_ptr<net::ByteStream> stream, const Limits& limits, Handler& handler,
                       Observer& observer, net::UniqueFunction<void()> on_end)
    : stream_(std::move(stream)),
      loop_(stream_->loop()),
      machine_(limits, loop_.clock()),
      compresses_(limits.compresses),
      handler_(handler),
      observer_(observer),
      on_end_(std::move(on_end)),
      timer_(loop_) {}

void Connection::drain() {
    if (is_closed_) return;
    if (!stream_) return upgraded_->drain();
    machine_.drain();
    if (body_) body_->drain();
    step();
}

void Connection::close() {
    if (is_closed_) return;
    if (!stream_) return upgraded_->close();
    timer_.cancel();
    stream_->close();
    if (body_) end_body("the client has gone, or does not take it");
    end();
}

void Connection::end() {
    if (std::exchange(is_closed_, true)) return;
    // Posted: it destroys what the caller may be walking through.
    loop_.post(std::move(on_end_));
}

// Does what the machine asks for now.
void Connection::step() {
    if (is_closed_ || !stream_) return;
    do {
        store_body();
        report_refusal();
        dispatch();
        pump_body();
    } while (write());
    if (is_closed_) return;
    if (machine_.is_finished()) return close();
    if (machine_.has_switched()) return hand_over();
    if (machine_.wants_end_of_output() && !std::exchange(is_output_ended_, true)) {
        stream_->async_shutdown_write([self = shared_from_this()](net::ErrorCode error) {
            if (error) self->close();
        });
    }
    read();
    arm_timer();
}

// A read under way is waited for: it takes bytes that belong to the other protocol.
void Connection::hand_over() {
    if (is_reading_) return;
    timer_.cancel();
    // Weak: the server's list keeps this object as long as it matters; what it owns must not keep it.
    upgraded_->start(std::move(stream_), machine_.take_input(), [connection = weak_from_this()] {
        if (const auto self = connection.lock()) self->end();
    });
    if (machine_.is_draining()) upgraded_->drain();
}

// A timer that rings too early finds nothing to do and is set again: that costs less than setting it anew for each
// request, whose deadlines nearly always move away.
void Connection::arm_timer() {
    const auto deadline = machine_.deadline();
    if (timer_.is_armed() && armed_for_.at() <= deadline.at()) return;
    armed_for_ = deadline;
    timer_.start(deadline, [this] {
        machine_.tick();
        step();
    });
}

void Connection::store_body() {
    const auto piece = machine_.take_stored_piece();
    if (!piece || piece->bytes.empty()) return;
    try {
        piece->store->append(piece->bytes);
    } catch (const StorageError& error) {
        Logger(loop_.log(), "http").error("The body of a request is lost: {}", error.what());
        machine_.refuse(error.status(), "the body cannot be kept");
    }
}

void Connection::report_refusal() {
    const auto refusal = machine_.take_refusal();
    if (!refusal) return;
    Exchange exchange;
    exchange.client_address = stream_->peer_address();
    exchange.status = refusal->status;
    exchange.refusal = refusal->detail;
    observer_(exchange);
}

void Connection::dispatch() {
    auto request = machine_.take_request();
    if (!request) return;
    request->peer_address = stream_->peer_address();
    request->is_encrypted = stream_->is_encrypted();
    request_taken_at_ = loop_.clock().now();
    Exchange begun;
    begun.client_address = request->peer_address;
    begun.method = request->method;
    begun.target = request->target;
    begun.is_http_1_0 = machine_.is_http_1_0();
    if (const auto* agent = request->headers.find("User-Agent")) begun.user_agent = *agent;
    auto compression = Compression::off;
    if (compresses_) compression = accepts_gzip(request->headers) ? Compression::accepted : Compression::refused;
    // Weak: an answer that comes too late must not keep a dead connection. The loop outlives every worker. What costs
    // time is done on the thread of the one who answers.
    auto send = [&loop = loop_, connection = weak_from_this(), compression,
                 conditions = RequestConditions::of(*request)](Response&& response, Exchange&& exchange) {
        negotiate(response, conditions.get(), compression);
        if (response.is_own_problem) name_request(response, exchange.request_id);
        loop.post([connection, response = std::move(response), exchange = std::move(exchange)]() mutable {
            if (const auto self = connection.lock()) self->handle_answer(std::move(response), std::move(exchange));
        });
    };
    Responder responder(std::move(send), std::move(begun));
    handler_(std::move(*request), std::move(responder));
}

void Connection::handle_answer(Response&& response, Exchange&& exchange) {
    if (is_closed_) return;
    upgraded_ = response.upgraded;
    exchange.status = response.status;
    exchange.duration = loop_.clock().now() - request_taken_at_;
    if (!response.streamed_body && response.body.size() > largest_body_written_at_once) {
        response.streamed_body = std::make_shared<TextBody>(std::move(response.body));
    }
    if (response.streamed_body) {
        exchange_ = std::move(exchange);
        begin_body(response);
    } else {
        exchange.bytes = exchange.method == "HEAD" ? 0 : response.body.size();
        observer_(exchange);
        machine_.respond(response);
    }
    step();
}

void Connection::begin_body(const Response& header) {
    body_ = header.streamed_body;
    machine_.begin_response(header, body_->length(), body_->keep_alive());
    if (!machine_.is_streaming()) return end_body({});
    body_->start([&loop = loop_, connection = weak_from_this()] {
        loop.post([connection] {
            if (const auto self = connection.lock()) self->step();
        });
    });
    if (machine_.is_draining()) body_->drain();
}

// Fills what has room. What the body has to say after that waits until the client has taken something.
void Connection::pump_body() {
    while (body_ && machine_.wants_body()) {
        body_piece_.clear();
        const auto state = body_->read(body_piece_, body_piece_bytes);
        exchange_.bytes += body_piece_.size();
        machine_.send_body(body_piece_);
        switch (state) {
            case BodySource::State::more: break;
            case BodySource::State::waiting: return;
            case BodySource::State::ended: machine_.end_body(); return end_body({});
            case BodySource::State::failed: machine_.abort_body(); return end_body("it was broken off");
        }
    }
}

// Lets go of the body, and with it of the worker that may write it.
void Connection::end_body(std::string problem) {
    if (!problem.empty()) body_->interrupt(problem);
    body_.reset();
    body_piece_ = {};
    exchange_.interruption = std::move(problem);
    observer_(exchange_);
}

// Most answers fit into the socket's buffer. A body that goes on waits for its turn behind the other connections.
// Returns true when all is written, after which the machine may have more to do.
bool Connection::write() {
    auto output = machine_.take_output();
    if (output.empty()) return false;
    output_ = std::move(output);
    auto on_written = [self = shared_from_this()](net::ErrorCode error) {
        if (error) return self->close();
        self->finish_write();
        self->step();
    };
    if (machine_.is_streaming()) {
        stream_->async_write(output_, std::move(on_written));
        return false;
    }
    if (!stream_->write(output_, std::move(on_written))) return false;
    finish_write();
    return true;
}

void Connection::finish_write() {
    output_ = {};  // An idle connection keeps no memory of its last answer.
    machine_.output_written();
}

void Connection::read() {
    if (is_reading_ || !machine_.wants_input()) return;
    is_reading_ = true;
    stream_->async_receive([self = shared_from_this()](net::ErrorCode error, std::string_view bytes) {
        self->is_reading_ = false;
        if (net::is_end_of_stream(error)) {
            self->machine_.receive_end();
        } else if (error) {
            return self->close();
        } else {
            self->machine_.receive(bytes);
        }
        self->step();
    });
}

}  // namespace hiratake::http
