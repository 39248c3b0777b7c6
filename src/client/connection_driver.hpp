#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

#include "client/core/connection_machine.hpp"
#include "client/core/reconnect_machine.hpp"
#include "client/inbox.hpp"
#include "client/status_board.hpp"
#include "client/subscription.hpp"
#include "hiratake/client/connection.hpp"
#include "net/byte_stream.hpp"
#include "net/connector.hpp"
#include "net/event_loop.hpp"
#include "net/timer.hpp"

namespace hiratake::client {

/// Does what the machines say: opens streams, reads, writes, sets the timer, and takes the events to the users'
/// handlers.
///
/// Public functions are for any thread. The private ones run on the loop's thread with `mutex_` held; the thread that
/// closes the connection takes the same mutex, so that nothing is under way any more when it goes on.
class Connection::Driver : public std::enable_shared_from_this<Connection::Driver> {
  public:
    Driver(ConnectionOptions options, net::EventLoop& loop, const Log& log, const Clock& clock, Random& random,
           MemoryConnector memory);
    /// Second half of the constructor, for which the object must be owned already.
    void attach();

    void start();
    void declare(Topology topology);
    Consumer consume(ConsumerOptions options, DeliveryHandler handler);
    void publish(Publication publication, Deadline deadline, PublishHandler handler);
    PublishResult publish_and_wait(Publication publication, Deadline deadline);
    void on_return(const std::shared_ptr<ReturnHandler>& handler);
    void close(Deadline deadline);
    /// Gives up everything that is left, at once.
    void terminate();

    StatusBoard& board() { return board_; }
    ConnectionStatistics statistics() const { return {board_.times_ready(), inbox_->outstanding_publishes()}; }

  private:
    template <class Function>
    void on_loop(Function&& function) {
        const std::lock_guard lock{mutex_};
        if (!is_ended_) function();
    }

    // The life of the connection.
    void follow(core::ReconnectAction action);
    void connect();
    void adopt(std::unique_ptr<net::ByteStream> stream);
    void fail_to_connect(const core::Failure& failure);
    void continue_closing();
    void end(std::optional<core::Failure> fatal);
    void release();

    // The stream.
    void read();
    void handle_read(net::ErrorCode error, std::size_t length);
    void flush();
    void handle_written(net::ErrorCode error);
    void go_on_after_write();
    void lose_stream(core::Failure failure);
    void hang_up();
    void finish_stream();

    // One turn of work.
    void turn(core::ConnectionAction action);
    void take_inbox();
    void post_turn();
    void hand_out_events();
    void hand_out_deliveries();
    void hand_out_settled();
    void hand_out_consumer_changes();
    void hand_out_returns();
    bool is_claimed(const core::UnclaimedReturn& returned) const;
    void subscribe(const std::shared_ptr<Consumer::Subscription>& subscription);
    void unsubscribe(const Consumer::Subscription& subscription);
    void arm();
    void handle_timer();
    TimePoint now() const { return clock_.now(); }

    const ConnectionOptions options_;
    net::EventLoop& loop_;
    const Clock& clock_;
    Random& random_;
    Logger logger_;
    MemoryConnector memory_;

    std::mutex mutex_;
    bool is_ended_ = false;
    bool is_closing_ = false;
    Deadline goodbye_deadline_;
    core::ReconnectMachine life_;
    core::ConnectionMachine machine_;
    StatusBoard board_;
    // Shared with the deliveries, which workers may hold for longer than the connection lives.
    std::shared_ptr<Inbox> inbox_;
    StagedWork work_;
    /// By the consumer's channel. Shared with the users' Consumers.
    std::map<std::uint16_t, std::shared_ptr<Consumer::Subscription>> subscriptions_;
    /// Whose owners may be gone.
    std::vector<std::weak_ptr<ReturnHandler>> return_handlers_;

    net::Connector connector_;
    net::Timer timer_;
    Deadline armed_for_;
    std::unique_ptr<net::ByteStream> stream_;
    amqp::ByteBuffer write_buffer_;
    bool is_reading_ = false;
    bool is_writing_ = false;
    /// The stream is on its way out; it goes when neither a read nor a write is under way.
    bool is_hanging_up_ = false;
    /// Why, or nothing when the connection is closed in order.
    std::optional<core::Failure> loss_;
    Deadline linger_deadline_;
};

}  // namespace hiratake::client
