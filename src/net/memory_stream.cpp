#include "net/memory_stream.hpp"

#include <boost/asio/error.hpp>
#include <string>
#include <vector>

#include "net/event_loop.hpp"
#include "net/memory_pipe.hpp"

namespace hiratake::net {
namespace {

class MemoryStream final : public ByteStream {
  public:
    MemoryStream(EventLoop& loop, std::shared_ptr<MemoryPipe> incoming, std::shared_ptr<MemoryPipe> outgoing)
        : loop_(loop), incoming_(std::move(incoming)), outgoing_(std::move(outgoing)) {}
    ~MemoryStream() override { close(); }

    using ByteStream::async_write;

    void async_read_some(std::span<char> buffer, ReadHandler handler) override {
        incoming_->async_read_some(buffer, [is_closed = is_closed_, handler = std::move(handler)](
                                               ErrorCode error, std::size_t length) mutable {
            if (*is_closed) {
                handler(boost::asio::error::operation_aborted, 0);
            } else {
                handler(error, length);
            }
        });
    }

    void async_write(std::span<const std::string_view> buffers, WriteHandler handler) override {
        outgoing_->async_write({buffers.begin(), buffers.end()}, unless_closed(std::move(handler)));
    }

    void async_shutdown_write(WriteHandler handler) override {
        outgoing_->close_write();
        loop_.post([handler = unless_closed(std::move(handler))]() mutable { handler({}); });
    }

    void close() override {
        *is_closed_ = true;
        outgoing_->close_write();
        incoming_->close_read();
    }

    const std::string& description() const override { return description_; }
    const std::string& peer_address() const override { return peer_address_; }
    bool is_loopback() const override { return true; }
    EventLoop& loop() const override { return loop_; }

  private:
    std::size_t write_now(std::string_view bytes) override { return outgoing_->write_now(bytes); }

    WriteHandler unless_closed(WriteHandler handler) {
        return [is_closed = is_closed_, handler = std::move(handler)](ErrorCode error) mutable {
            handler(*is_closed ? ErrorCode{boost::asio::error::operation_aborted} : error);
        };
    }

    EventLoop& loop_;
    // Each pipe is shared between the two ends, which go away independently of each other.
    std::shared_ptr<MemoryPipe> incoming_;
    std::shared_ptr<MemoryPipe> outgoing_;
    // Shared between this end and the handlers that are still to run, as in SocketStream.
    std::shared_ptr<bool> is_closed_ = std::make_shared<bool>(false);
    std::string description_ = "memory -> memory";
    std::string peer_address_ = "memory";
};

}  // namespace

std::pair<std::unique_ptr<ByteStream>, std::unique_ptr<ByteStream>> make_memory_stream_pair(EventLoop& client_loop,
                                                                                            EventLoop& server_loop,
                                                                                            std::size_t capacity) {
    auto upstream = std::make_shared<MemoryPipe>(client_loop, server_loop, capacity);
    auto downstream = std::make_shared<MemoryPipe>(server_loop, client_loop, capacity);
    return {std::make_unique<MemoryStream>(client_loop, downstream, upstream),
            std::make_unique<MemoryStream>(server_loop, upstream, downstream)};
}

}  // namespace hiratake::net
