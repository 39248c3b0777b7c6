#pragma once

#include <cstddef>
#include <memory>
#include <utility>

#include "net/byte_stream.hpp"

namespace hiratake::net {

/// Two ends of an in-memory connection, client first. What is written to one is read from the other; each direction
/// holds at most `capacity` bytes, and a write beyond that completes when the reader has made room. Closing (or
/// destroying) an end lets the other read what was written before, then end of stream; its writes fail with a broken
/// pipe. The ends may belong to different loops, which must outlive them.
std::pair<std::unique_ptr<ByteStream>, std::unique_ptr<ByteStream>> make_memory_stream_pair(
    EventLoop& client_loop, EventLoop& server_loop, std::size_t capacity = 256 * 1024);

}  // namespace hiratake::net
