#pragma once

#include <memory>
#include <string>

#include "net/byte_stream.hpp"
#include "net/unique_function.hpp"

namespace hiratake::http {

/// What a connection becomes when a handler answers 101 (RFC 9110 section 7.8): it owns the stream and speaks another
/// protocol over it. Made by the handler and given away in Response::upgraded. The server keeps it, and counts it in,
/// until it reports its end. All functions are called on the loop's thread.
class UpgradedConnection {
  public:
    virtual ~UpgradedConnection() = default;

    /// The header of the 101 response has been written. Not called when the client has gone before that.
    /// @param received what the client has sent behind its request
    /// @param on_end to be called once, on the loop's thread, when the stream is closed; the object may then be
    ///        destroyed, though never inside the call
    virtual void start(std::unique_ptr<net::ByteStream> stream, std::string received,
                       net::UniqueFunction<void()> on_end) = 0;
    /// The server is stopping: say goodbye as the protocol does, and end soon. After start().
    virtual void drain() = 0;
    /// End at once. After start().
    virtual void close() = 0;
};

}  // namespace hiratake::http
