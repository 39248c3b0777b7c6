#include "broker/core/framing_fault.hpp"

#include <fmt/core.h>

#include <string>

namespace hiratake::broker::core {
namespace {

constexpr std::size_t most_octets_shown = 32;

std::string octets(std::string_view bytes) {
    std::string text;
    for (const char octet : bytes.substr(0, most_octets_shown)) {
        if (!text.empty()) text += ',';
        text += fmt::format("{}", static_cast<unsigned>(static_cast<unsigned char>(octet)));
    }
    if (bytes.size() > most_octets_shown) text += ",...";
    return text;
}

}  // namespace

Fault fault_of(const amqp::FrameError& error) {
    const auto told = [&error](std::string_view payload, std::string_view what) {
        return Fault{amqp::ReplyCode::frame_error,
                     fmt::format("type {}, all octets = <<{}>>: {}", error.type, octets(payload), what), false};
    };
    switch (error.code) {
        case amqp::FrameErrorCode::too_large:
            return told({}, fmt::format("{{frame_too_large,{},{}}}", error.payload_size, error.max_payload_size));
        case amqp::FrameErrorCode::bad_end:
            return told(error.payload, fmt::format("{{invalid_frame_end_marker,{}}}", error.end));
        case amqp::FrameErrorCode::none:
        case amqp::FrameErrorCode::unknown_type:
        case amqp::FrameErrorCode::peer_protocol_header: break;
    }
    return told({}, "unknown_frame");
}

}  // namespace hiratake::broker::core
