#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "net/unique_function.hpp"

namespace hiratake::http {

/// A body that is read piece by piece while it is sent, on the loop's thread, by one reader. Destroying it says that
/// the rest is not wanted.
class BodySource {
  public:
    enum class State {
        more,     ///< There may be more at once.
        waiting,  ///< Nothing is there yet: on_ready, given to start(), will say when.
        ended,    ///< What was read is the end.
        failed,   ///< The rest will never come.
    };

    virtual ~BodySource() = default;

    /// In bytes; nothing where it is not known before the end.
    virtual std::optional<std::uint64_t> length() const = 0;
    /// @param on_ready called from any thread, once for each time that read() has returned `waiting`
    virtual void start(net::UniqueFunction<void()> on_ready) { static_cast<void>(on_ready); }
    /// Appends at most so many bytes. Never waits for anything but a disk.
    virtual State read(std::string& out, std::size_t max_bytes) = 0;
    /// The server is stopping: a source without an end should come to one.
    virtual void drain() {}
    /// Says that the reader will not go on, and why, in place of the destructor that gives no reason.
    virtual void interrupt(const std::string& reason) { static_cast<void>(reason); }
    /// What keeps an idle client, and the proxies before it, from giving up; empty where nothing may be put between.
    virtual std::string_view keep_alive() const { return {}; }
    /// What a worker has to run for this body to come, after the response has been given away; empty for most.
    virtual net::UniqueFunction<void()> take_work() { return nullptr; }
    /// Leaves only these bytes of a body of known length.
    /// @return false where this kind of body cannot be cut
    virtual bool cut(std::uint64_t offset, std::uint64_t length) {
        static_cast<void>(offset);
        static_cast<void>(length);
        return false;
    }
};

}  // namespace hiratake::http
