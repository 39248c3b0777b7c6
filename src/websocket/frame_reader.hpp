#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "websocket/failure.hpp"
#include "websocket/frame.hpp"

namespace hiratake::websocket {

/// Takes what a client sends apart into frames (RFC 6455 section 5.2). No extension is ever agreed on, so a frame with
/// a reserved bit is an error, as is one without a mask.
class FrameReader {
  public:
    /// Bytes that have arrived.
    void append(std::string_view bytes) { input_ += bytes; }
    /// The next complete frame, or nothing: then there are bytes missing, or there is a failure().
    /// @param max_data_bytes how much the payload of a frame of data may hold; the limit is applied to the length in
    /// its
    ///        header, before any of it is kept
    std::optional<Frame> next(std::size_t max_data_bytes);
    /// After this, nothing that arrives can be understood.
    const std::optional<Failure>& failure() const { return failure_; }
    /// How many bytes wait for the rest of their frame.
    std::size_t buffered() const { return input_.size() + frame_.payload.size(); }

  private:
    bool read_header(std::size_t max_data_bytes);
    bool check_first_bytes(std::uint8_t first, std::uint8_t second);
    bool fail(CloseCode code, std::string reason);
    void take_payload();

    std::string input_;
    /// The frame that has begun: its header is complete.
    Frame frame_;
    bool has_header_ = false;
    std::uint64_t missing_bytes_ = 0;
    std::string mask_;
    std::optional<Failure> failure_;
};

}  // namespace hiratake::websocket
