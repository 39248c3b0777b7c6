#pragma once

#include <string_view>

#include "hiratake/base/clock.hpp"

namespace hiratake::http {

/// Takes the body of a Response::stream() while it is made. Used on the thread of the worker that made the response.
class BodyWriter {
  public:
    virtual ~BodyWriter() = default;

    /// Sends these bytes after those before. Waits while the client is slower than the writer: no more than 64 KiB wait
    /// to be sent. Throws ResponseInterrupted when the client has gone or has taken nothing for `http.write_timeout`.
    virtual void write(std::string_view bytes) = 0;

    /// Waits so long, or until there is no more reason to write: for writers that have something to say now and then.
    /// @return false as soon as the client has gone or the service is stopping
    virtual bool wait(Duration time) = 0;
};

}  // namespace hiratake::http
