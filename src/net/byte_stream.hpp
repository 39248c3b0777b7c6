#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include "net/error_code.hpp"
#include "net/unique_function.hpp"

namespace hiratake::net {

class EventLoop;

/// Bytes in both directions between two programs, or two halves of one: TCP, TLS or an in-memory pipe.
///
/// All functions, the destructor included, are for the thread of the stream's loop; handlers run there, never inside
/// the call that started the operation. At most one read and one write are under way at a time. A handler always runs,
/// unless the loop itself is destroyed: closing or destroying the stream ends pending operations with an error for
/// which is_cancelled() holds. Buffers must stay valid until the handler has run.
class ByteStream {
  public:
    using ReadHandler = UniqueFunction<void(ErrorCode error, std::size_t length)>;
    using ReceiveHandler = UniqueFunction<void(ErrorCode error, std::string_view bytes)>;
    using WriteHandler = UniqueFunction<void(ErrorCode error)>;

    virtual ~ByteStream() = default;
    ByteStream() = default;
    ByteStream(const ByteStream&) = delete;
    ByteStream& operator=(const ByteStream&) = delete;

    /// Reads at least one byte, at most the size of the buffer. After the peer's last byte: is_end_of_stream().
    virtual void async_read_some(std::span<char> buffer, ReadHandler handler) = 0;
    /// As async_read_some(), for streams that are silent most of the time: no buffer is held until there is something
    /// to read. The bytes are valid until the handler returns.
    virtual void async_receive(ReceiveHandler handler);
    /// Writes all bytes of all buffers in order, gathered into as few system calls as possible. The list itself is
    /// copied, the bytes are not.
    virtual void async_write(std::span<const std::string_view> buffers, WriteHandler handler) = 0;
    void async_write(std::string_view bytes, WriteHandler handler) {
        async_write(std::span<const std::string_view>{&bytes, 1}, std::move(handler));
    }
    /// Writes what can be written without waiting within the call, and what is left as async_write() does. Returns
    /// whether nothing was left: then the handler never runs. Not while a write is under way.
    [[nodiscard]] bool write(std::string_view bytes, WriteHandler handler);
    /// Tells the peer that nothing more will be written (FIN, close_notify); reading goes on. Not while a write is
    /// under way. Before close(), it keeps what was written last from being lost to a reset.
    virtual void async_shutdown_write(WriteHandler handler) = 0;
    /// Ends both directions at once. Harmless when done twice.
    virtual void close() = 0;

    /// Both ends, for logs and for the broker's connection list: "127.0.0.1:51624 -> 127.0.0.1:5672", client first.
    virtual const std::string& description() const = 0;
    /// The peer's address alone, such as "127.0.0.1", "::1" or "memory".
    virtual const std::string& peer_address() const = 0;
    /// Whether the peer is on this machine.
    virtual bool is_loopback() const = 0;
    virtual bool is_encrypted() const { return false; }
    /// The common name of the certificate that the peer has proved to own; empty without one. For SASL EXTERNAL.
    virtual std::string peer_certificate_name() const { return {}; }
    virtual EventLoop& loop() const = 0;

  private:
    /// What can be written without waiting, which may be nothing: how much that was. After an error, nothing; it is met
    /// again with the rest.
    virtual std::size_t write_now(std::string_view bytes);
};

}  // namespace hiratake::net
