#include "testing/faulty_stream.hpp"

#include <algorithm>
#include <array>
#include <boost/asio/error.hpp>
#include <string>
#include <utility>

#include "net/event_loop.hpp"
#include "net/timer.hpp"
#include "testing/frame_filter.hpp"

namespace hiratake::testing {
namespace {

namespace errors = boost::asio::error;

/// What the stream and the handlers of its operations share, whichever go last.
class FaultyConnection : public std::enable_shared_from_this<FaultyConnection> {
  public:
    FaultyConnection(std::unique_ptr<net::ByteStream> inner, const std::shared_ptr<FaultPlan>& plan)
        : inner_(std::move(inner)),
          to_broker_(Direction::to_broker, plan),
          to_services_(Direction::to_services, plan),
          write_timer_(inner_->loop()),
          read_timer_(inner_->loop()) {}

    net::ByteStream& inner() { return *inner_; }

    void read(std::span<char> buffer, net::ByteStream::ReadHandler handler) {
        buffer_ = buffer;
        read_handler_ = std::move(handler);
        go_on_reading();
    }

    void write(std::span<const std::string_view> buffers, net::ByteStream::WriteHandler handler) {
        for (const std::string_view bytes : buffers) to_broker_.feed(bytes);
        write_handler_ = std::move(handler);
        go_on_writing();
    }

    void end(net::ErrorCode reason) {
        if (end_) return;
        end_ = reason;
        write_timer_.cancel();
        read_timer_.cancel();
        inner_->close();
        finish_read(0);
        finish_write();
    }

  private:
    void go_on_reading() {
        if (end_) return finish_read(0);
        if (passed_.empty() && !is_stopped_) {
            stop_ = to_services_.pass(passed_);
            is_stopped_ = stop_.stop != FrameFilter::Stop::no_more;
        }
        if (!passed_.empty()) {
            const std::size_t length = std::min(passed_.size(), buffer_.size());
            std::copy_n(passed_.begin(), length, buffer_.begin());
            passed_.erase(0, length);
            return finish_read(length);
        }
        if (!is_stopped_) return read_more();
        if (stop_.stop == FrameFilter::Stop::cut) return end(errors::connection_reset);
        if (read_timer_.is_armed()) return;
        read_timer_.start_after(stop_.delay, [this] {
            is_stopped_ = false;
            if (read_handler_) go_on_reading();
        });
    }

    void read_more() {
        inner_->async_read_some(received_, [self = shared_from_this()](net::ErrorCode error, std::size_t length) {
            if (error) return self->end(error);
            self->to_services_.feed({self->received_.data(), length});
            self->go_on_reading();
        });
    }

    void go_on_writing() {
        if (end_) return finish_write();
        writing_.clear();
        const FrameFilter::Result result = to_broker_.pass(writing_);
        if (writing_.empty()) return finish_pass(result);
        inner_->async_write(writing_, [self = shared_from_this(), result](net::ErrorCode error) {
            if (error) return self->end(error);
            self->finish_pass(result);
        });
    }

    void finish_pass(FrameFilter::Result result) {
        switch (result.stop) {
            case FrameFilter::Stop::no_more: return finish_write();
            case FrameFilter::Stop::cut: return end(errors::connection_reset);
            case FrameFilter::Stop::delay: write_timer_.start_after(result.delay, [this] { go_on_writing(); });
        }
    }

    // Handlers never run inside the call that started the operation.
    void finish_read(std::size_t length) {
        if (!read_handler_) return;
        inner_->loop().post([handler = std::exchange(read_handler_, nullptr), error = end_, length]() mutable {
            handler(error, length);
        });
    }
    void finish_write() {
        if (!write_handler_) return;
        inner_->loop().post(
            [handler = std::exchange(write_handler_, nullptr), error = end_]() mutable { handler(error); });
    }

    std::unique_ptr<net::ByteStream> inner_;
    FrameFilter to_broker_;
    FrameFilter to_services_;
    net::Timer write_timer_;
    net::Timer read_timer_;
    /// Why the connection has ended; none while it stands.
    net::ErrorCode end_;

    std::string writing_;
    net::ByteStream::WriteHandler write_handler_;

    std::array<char, 16384> received_{};
    std::string passed_;
    FrameFilter::Result stop_;
    bool is_stopped_ = false;
    std::span<char> buffer_;
    net::ByteStream::ReadHandler read_handler_;
};

class FaultyStream final : public net::ByteStream {
  public:
    explicit FaultyStream(std::shared_ptr<FaultyConnection> connection) : connection_(std::move(connection)) {}
    ~FaultyStream() override { close(); }

    using ByteStream::async_write;

    void async_read_some(std::span<char> buffer, ReadHandler handler) override {
        connection_->read(buffer, std::move(handler));
    }
    void async_write(std::span<const std::string_view> buffers, WriteHandler handler) override {
        connection_->write(buffers, std::move(handler));
    }
    void async_shutdown_write(WriteHandler handler) override {
        connection_->inner().async_shutdown_write(std::move(handler));
    }
    void close() override { connection_->end(errors::operation_aborted); }

    const std::string& description() const override { return connection_->inner().description(); }
    const std::string& peer_address() const override { return connection_->inner().peer_address(); }
    bool is_loopback() const override { return connection_->inner().is_loopback(); }
    net::EventLoop& loop() const override { return connection_->inner().loop(); }

  private:
    // Shared with the handlers of operations under way.
    std::shared_ptr<FaultyConnection> connection_;
};

}  // namespace

std::unique_ptr<net::ByteStream> make_faulty_stream(std::unique_ptr<net::ByteStream> inner,
                                                    std::shared_ptr<FaultPlan> plan) {
    auto connection = std::make_shared<FaultyConnection>(std::move(inner), plan);
    plan->add_stream([&loop = connection->inner().loop(), gone = std::weak_ptr{connection}] {
        loop.post([gone] {
            if (const auto there = gone.lock()) there->end(errors::connection_reset);
        });
    });
    return std::make_unique<FaultyStream>(std::move(connection));
}

}  // namespace hiratake::testing
