#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace hiratake::http {

/// Takes a chunked body apart as it comes (RFC 9112 section 7.1), byte by byte: what comes out does not depend on how
/// it was cut. Extensions and trailers are checked and thrown away.
class ChunkedDecoder {
  public:
    enum class Outcome {
        incomplete,
        complete,
        malformed,
        too_large,         ///< The body.
        framing_too_long,  ///< The line before a chunk, or the trailers.
    };

    ChunkedDecoder(std::uint64_t max_body_bytes, std::size_t max_framing_bytes)
        : body_bytes_left_(max_body_bytes), max_framing_bytes_(max_framing_bytes) {}

    /// Until the outcome is another than incomplete.
    /// @param bytes what is used is removed from its front: all of it, but for what follows the end of the body
    /// @param body what has come of the body is added
    Outcome decode(std::string_view& bytes, std::string& body);

  private:
    enum class State {
        size_begin,
        size,
        size_blank,  // between the size and an extension
        extension,
        size_end,  // its line feed
        data,
        data_end,
        data_end_feed,
        trailer_begin,
        trailer,
        trailer_end,
        last_feed,
    };

    Outcome take(char c);
    Outcome take_size_digit(char c);
    Outcome begin_chunk();
    Outcome end_trailer();
    Outcome go_on(State next);
    Outcome expect(char c, char expected, State next);

    State state_ = State::size_begin;
    std::uint64_t chunk_bytes_left_ = 0;
    std::uint64_t body_bytes_left_;
    std::size_t max_framing_bytes_;
    std::size_t framing_bytes_ = 0;
    std::string trailer_;
};

}  // namespace hiratake::http
