#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace hiratake::amqp {

/// Why a stream of bytes is no stream of frames. There is no way to go on behind it.
enum class FrameErrorCode {
    none,
    too_large,             ///< a frame beyond frame_max
    bad_end,               ///< the octet behind the payload is not 0xCE
    unknown_type,          ///< a type octet that the protocol does not define
    peer_protocol_header,  ///< the peer answered "AMQP…": it does not speak 0-9-1 or did not like our header
};

/// The error with what the peer should be told about it.
struct FrameError {
    FrameErrorCode code = FrameErrorCode::none;
    std::uint8_t type = 0;
    std::uint16_t channel = 0;
    std::uint32_t payload_size = 0;      ///< as the frame claims
    std::uint32_t max_payload_size = 0;  ///< frame_max less the envelope
    std::uint8_t end = 0;                ///< the octet found in place of 0xCE
    std::string_view payload{};          ///< what came of the frame, with bad_end and unknown_type; a view as in Frame
};

/// A readable phrase: "a frame of 5000 bytes where 4088 were agreed".
std::string to_text(const FrameError& error);

}  // namespace hiratake::amqp
