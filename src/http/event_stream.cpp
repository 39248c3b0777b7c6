#include "hiratake/http/event_stream.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "hiratake/base/error.hpp"
#include "hiratake/http/response_interrupted.hpp"

namespace hiratake::http {
namespace {

void append_line(std::string& out, std::string_view field, std::string_view value) {
    if (value.find_first_of(std::string_view("\r\n\0", 3)) != std::string_view::npos) {
        throw Error(fmt::format("cannot send an event: its {} has a line break or NUL in it", field));
    }
    out.append(field).append(": ").append(value).append("\n");
}

// Each line of the text is a field of its own; CR, LF and CR LF all end one.
void append_data(std::string& out, std::string_view data) {
    while (true) {
        const auto end = std::min(data.find_first_of("\r\n"), data.size());
        out.append("data: ").append(data.substr(0, end)).append("\n");
        if (end == data.size()) return;
        data.remove_prefix(data.substr(end).starts_with("\r\n") ? end + 2 : end + 1);
    }
}

}  // namespace

void EventStream::send(const Event& event) {
    if (!writer_.wait(Duration::zero())) throw ResponseInterrupted("the client has gone, or the service is stopping");
    std::string text;
    if (!event.event.empty()) append_line(text, "event", event.event);
    if (!event.id.empty()) append_line(text, "id", event.id);
    if (event.retry_ms) text += fmt::format("retry: {}\n", *event.retry_ms);
    append_data(text, event.data);
    text += '\n';
    writer_.write(text);
}

void EventStream::send(std::string_view data) {
    send(Event{.data = std::string(data)});
}

}  // namespace hiratake::http
