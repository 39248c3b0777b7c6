#pragma once

#include <memory>
#include <string>

#include "http/body_source.hpp"
#include "http/connection_machine.hpp"
#include "http/exchange.hpp"
#include "http/responder.hpp"
#include "http/upgraded_connection.hpp"
#include "net/byte_stream.hpp"
#include "net/timer.hpp"

namespace hiratake::http {

/// Drives one ConnectionMachine over one stream. Everything happens on the loop's thread. Kept alive by the server's
/// list and, until they have ended, by the operations under way.
class Connection : public std::enable_shared_from_this<Connection> {
  public:
    using Handler = net::UniqueFunction<void(Request&&, Responder&&)>;
    using Observer = net::UniqueFunction<void(const Exchange&)>;

    /// @param handler called for each request; outlives the connection, as do the limits and the observer
    /// @param observer called for each answer, also to what could not be understood
    /// @param on_end called once, when the connection is closed
    Connection(std::unique_ptr<net::ByteStream> stream, const Limits& limits, Handler& handler, Observer& observer,
               net::UniqueFunction<void()> on_end);

    void start() { step(); }
    /// Ends after the answer to the request that is under way.
    void drain();
    /// Ends at once.
    void close();

  private:
    void end();
    void hand_over();
    void step();
    void store_body();
    void report_refusal();
    void dispatch();
    void read();
    bool write();
    void finish_write();
    void arm_timer();
    void handle_answer(Response&& response, Exchange&& exchange);
    void begin_body(const Response& header);
    void pump_body();
    void end_body(std::string problem);

    std::unique_ptr<net::ByteStream> stream_;
    net::EventLoop& loop_;
    ConnectionMachine machine_;
    bool compresses_;
    Handler& handler_;
    Observer& observer_;
    net::UniqueFunction<void()> on_end_;
    net::Timer timer_;
    Deadline armed_for_;
    std::string output_;
    // The body that is being sent.
    std::shared_ptr<BodySource> body_;
    std::string body_piece_;
    // What takes the connection over when its 101 has left. Started when stream_ is gone.
    std::shared_ptr<UpgradedConnection> upgraded_;
    TimePoint request_taken_at_;
    // Of the answer whose body is being sent.
    Exchange exchange_;
    bool is_reading_ = false;
    bool is_output_ended_ = false;
    bool is_closed_ = false;
};

}  // namespace hiratake::http
