#include "amqp/frame_error.hpp"

#include <fmt/format.h>

namespace hiratake::amqp {

std::string to_text(const FrameError& error) {
    switch (error.code) {
        case FrameErrorCode::none: return "no error";
        case FrameErrorCode::too_large:
            return fmt::format("a frame of type {} with {} bytes of payload, where at most {} are agreed", error.type,
                               error.payload_size, error.max_payload_size);
        case FrameErrorCode::bad_end:
            return fmt::format("a frame of type {} with {} bytes of payload that ends in {:#04x} instead of 0xce",
                               error.type, error.payload_size, error.end);
        case FrameErrorCode::unknown_type: return fmt::format("a frame of the unknown type {}", error.type);
        case FrameErrorCode::peer_protocol_header:
            return "a protocol header instead of a frame: the peer does not speak AMQP 0-9-1";
    }
    return "an unnamed error";
}

}  // namespace hiratake::amqp
