#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string_view>

#include "amqp/frame.hpp"
#include "amqp/frame_error.hpp"

namespace hiratake::amqp {

/// What FrameReader::next() found.
enum class FrameStatus { frame, incomplete, error };

/// Cuts received bytes into frames. It owns the one receive buffer: the driver reads into prepare(), says how much came
/// with commit(), and takes frames with next() until that says incomplete. The payloads are views that hold until the
/// next prepare() or feed().
///
/// The buffer grows with the bytes that came, not with the sizes that frames claim; as long as frames are taken before
/// more is read, it stays within twice frame_max and one read.
class FrameReader {
  public:
    /// @param frame_max the largest frame to take, in bytes with its envelope; 0 means the hard bound, 128 MiB
    explicit FrameReader(std::uint32_t frame_max = frame_min_size) { set_frame_max(frame_max); }

    /// From the next frame on.
    void set_frame_max(std::uint32_t frame_max);

    /// Room for at least `size` more bytes. May move the bytes that are there: earlier payloads are invalid.
    std::span<char> prepare(std::size_t size);
    /// Says that `size` bytes were written to the start of what prepare() gave.
    void commit(std::size_t size);
    /// prepare, copy and commit in one.
    void feed(std::string_view bytes);

    /// The next complete frame. After an error, the same error for ever.
    FrameStatus next(Frame& frame);
    const FrameError& error() const { return error_; }

    /// The next `size` bytes as they are, once they are there: for the protocol header, which is no frame.
    std::optional<std::string_view> take(std::size_t size);
    /// How many bytes wait to be cut.
    std::size_t buffered() const { return end_ - begin_; }

  private:
    FrameStatus fail(FrameErrorCode code, std::string_view payload = {}, std::uint8_t end = 0);

    std::unique_ptr<char[]> buffer_;
    std::size_t capacity_ = 0;
    std::size_t begin_ = 0;
    std::size_t end_ = 0;
    std::uint32_t frame_max_ = 0;
    FrameError error_;
};

}  // namespace hiratake::amqp
