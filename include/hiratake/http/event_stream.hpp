#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "hiratake/http/body_writer.hpp"

namespace hiratake::http {

/// One server-sent event (WHATWG HTML, section 9.2.6). What is empty is not sent.
struct Event {
    /// Its type, for addEventListener(); "message" when empty. One line.
    std::string event = {};
    /// What the browser sends back as Last-Event-ID when it connects again. One line.
    std::string id = {};
    /// Any text, of any number of lines.
    std::string data = {};
    /// How long the browser waits before it connects again.
    std::optional<std::uint32_t> retry_ms = std::nullopt;
};

/// Takes the events of a Response::events(). Used on the thread of the worker that made the response.
class EventStream {
  public:
    /// @param writer outlives the stream
    explicit EventStream(BodyWriter& writer) : writer_(writer) {}

    /// Throws Error for a type or id with a line break or NUL in it, and ResponseInterrupted when the client has gone,
    /// or has taken nothing for `http.write_timeout`, or the service is stopping.
    void send(const Event& event);
    /// Sends a text without type and id.
    void send(std::string_view data);

    /// As BodyWriter::wait(): `while (events.wait(1s)) events.send(…)`.
    bool wait(Duration time) { return writer_.wait(time); }

  private:
    BodyWriter& writer_;
};

}  // namespace hiratake::http
