#pragma once

#include <cstddef>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "net/byte_stream.hpp"

namespace hiratake::net {

/// One direction of an in-memory connection: a bounded buffer with at most one reader and one writer waiting at it.
/// Each side's functions are for the thread of its loop; handlers are posted there.
class MemoryPipe {
  public:
    MemoryPipe(EventLoop& writer_loop, EventLoop& reader_loop, std::size_t capacity);

    void async_read_some(std::span<char> buffer, ByteStream::ReadHandler handler);
    void async_write(std::vector<std::string_view> buffers, ByteStream::WriteHandler handler);
    /// Takes what there is room for, and returns how much that was. Not while a write is under way.
    std::size_t write_now(std::string_view bytes);
    /// The reader finds the end of the stream behind what was written before. A write under way is given up.
    void close_write();
    /// What is written from now on fails with a broken pipe. A read under way is given up.
    void close_read();

  private:
    struct Read {
        std::span<char> buffer;
        ByteStream::ReadHandler handler;
    };
    struct Write {
        std::vector<std::string_view> buffers;
        std::size_t next = 0;
        ByteStream::WriteHandler handler;
    };

    bool has_two_threads() const { return &writer_loop_ != &reader_loop_; }
    std::unique_lock<std::mutex> lock();
    // These are called with the lock held.
    void transfer();
    /// To a reader that waits, past the buffer, which is empty then. Returns how much it took.
    std::size_t hand_over(std::string_view bytes);
    void accept_bytes();
    bool hand_out_bytes();
    /// How much of that a read takes.
    std::size_t portion(std::size_t available) const;
    void finish_read(ErrorCode error, std::size_t length);
    void finish_write(ErrorCode error);
    std::size_t size() const { return bytes_.size() - handed_out_; }

    EventLoop& writer_loop_;
    EventLoop& reader_loop_;
    const std::size_t capacity_;
    std::mutex mutex_;
    std::string bytes_;
    std::size_t handed_out_ = 0;
    std::optional<Read> read_;
    std::optional<Write> write_;
    bool write_closed_ = false;
    bool read_closed_ = false;
};

}  // namespace hiratake::net
