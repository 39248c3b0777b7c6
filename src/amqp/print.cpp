#include "amqp/print.hpp"

#include <fmt/format.h>

#include "amqp/dispatch.hpp"

namespace hiratake::amqp {
namespace {

/// Prints whatever method it is handed.
struct PrintingSink {
    std::string text;
    template <class Method>
    void on(const Method& method) {
        text = to_text(method);
    }
};

class PropertyPrinter {
  public:
    explicit PropertyPrinter(std::string& out) : out_(out) {}

    void short_string(std::string_view name, const std::optional<std::string_view>& value) {
        if (value) print(name, quoted(*value));
    }
    void table(std::string_view name, const std::optional<Table>& value, std::string_view) {
        if (value) print(name, to_text(*value));
    }
    void octet(std::string_view name, const std::optional<std::uint8_t>& value) {
        if (value) print(name, fmt::format("{}", *value));
    }
    void timestamp(std::string_view name, const std::optional<Timestamp>& value) {
        if (value) print(name, fmt::format("{}", value->seconds));
    }

  private:
    void print(std::string_view name, std::string_view value) {
        fmt::format_to(std::back_inserter(out_), "{}{}={}", out_.empty() ? "" : " ", name, value);
    }

    std::string& out_;
};

std::string method_text(std::string_view payload) {
    PrintingSink sink;
    DecodeError error = dispatch_to_server(payload, sink);
    if (error == DecodeError::wrong_direction) error = dispatch_to_client(payload, sink);
    if (error == DecodeError::none) return sink.text;
    const auto id = peek_method_id(payload).value_or(MethodId{});
    return fmt::format("method {}.{} that cannot be decoded: {}", id.class_id, id.method_id, to_text(error));
}

std::string header_text(std::string_view payload) {
    WireReader reader{payload};
    const std::uint16_t class_id = reader.short_integer();
    reader.short_integer();
    const std::uint64_t body_size = reader.long_long_integer();
    Properties properties;
    const DecodeError error = reader.failed() ? reader.error() : decode_properties(reader.rest(), properties);
    if (error != DecodeError::none) return fmt::format("header that cannot be decoded: {}", to_text(error));
    const std::string there = to_text(properties);
    return fmt::format("header of class {}, {} bytes to come{}{}", class_id, body_size, there.empty() ? "" : ": ",
                       there);
}

}  // namespace

std::string to_text(const Properties& properties) {
    std::string text;
    PropertyPrinter printer{text};
    Properties::describe(properties, printer);
    return text;
}

std::string to_text(const Frame& frame) {
    std::string what;
    switch (frame.type) {
        case FrameType::method: what = method_text(frame.payload); break;
        case FrameType::header: what = header_text(frame.payload); break;
        case FrameType::body: what = fmt::format("body of {} bytes", frame.payload.size()); break;
        case FrameType::heartbeat: what = "heartbeat"; break;
    }
    return fmt::format("channel {}: {}", frame.channel, what);
}

}  // namespace hiratake::amqp
