#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>

#include "hiratake/base/clock.hpp"
#include "hiratake/http/request.hpp"
#include "http/body_rules.hpp"

namespace hiratake::http {

/// What one connection may take up, and what happens at each bound.
struct Limits {
    /// The request line and header fields together. Beyond: 431 (414 when the request line alone is too long), and
    /// close.
    std::uint32_t max_header_bytes = 16 * 1024;
    /// The body, decoded. Beyond: 413, and close.
    std::uint64_t max_body_bytes = 1024 * 1024;
    /// Decides in place of max_body_bytes, when the header of a request with a body is there. Does not wait.
    std::function<BodyRules(const Request& header)> body_rules;
    /// Bytes of later requests that are read ahead while one is being answered. Beyond: reading pauses.
    std::size_t max_read_ahead_bytes = 64 * 1024;
    /// Answers that the client has not taken. Beyond: its next requests are not begun.
    std::size_t max_unsent_bytes = 256 * 1024;
    /// Of a body that is made while it is sent: so many bytes wait to be written, and as many are being written.
    /// Beyond: its source is not asked for more.
    std::size_t max_unsent_body_bytes = 64 * 1024;
    /// From a request's first byte to the end of its header. Beyond: 408, and close.
    Duration header_timeout = std::chrono::seconds{10};
    /// From the end of the header to the end of the body. Beyond: 408, and close.
    Duration body_timeout = std::chrono::seconds{30};
    /// Without a request, and before the first. Beyond: close.
    Duration idle_timeout = std::chrono::seconds{75};
    /// For the client to take an answer, or the next piece of a long one. Beyond: close.
    Duration write_timeout = std::chrono::seconds{30};
    /// How long what a client still sends is read and thrown away after the last answer, so that it gets to see that
    /// answer instead of a reset (RFC 9112 section 9.6). Then: close.
    Duration linger_timeout = std::chrono::seconds{2};
    /// Without an event in a stream of events. Beyond: a comment is sent, so that neither the client nor a proxy before
    /// it gives up.
    Duration event_idle_timeout = std::chrono::seconds{15};
    /// Whether bodies are compressed for clients that take it.
    bool compresses = true;
};

}  // namespace hiratake::http
