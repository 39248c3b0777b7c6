#include "amqp/properties.hpp"

#include "amqp/print.hpp"
#include "fuzz/require.hpp"

using namespace hiratake;

// Properties round-trip, and scanning sees what decoding sees.

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view input{reinterpret_cast<const char*>(data), size};
    amqp::Properties scanned;
    const amqp::DecodeError scan = amqp::scan_properties(input, scanned);
    amqp::Properties decoded;
    if (amqp::decode_properties(input, decoded) != amqp::DecodeError::none) return 0;
    fuzz::require(scan == amqp::DecodeError::none, "what can be decoded can be scanned");
    fuzz::require(decoded.reply_to == scanned.reply_to && decoded.cluster_id == scanned.cluster_id,
                  "scanning finds the same properties");
    fuzz::require(decoded.headers.has_value() == !scanned.encoded_headers.empty(), "scanning finds the headers");

    amqp::ByteBuffer encoded;
    amqp::encode_properties(encoded, decoded, amqp::Letters::exact);
    fuzz::require(encoded.size() == input.size(), "the same properties take the same room");
    amqp::Properties again;
    fuzz::require(amqp::decode_properties(encoded, again) == amqp::DecodeError::none, "what was written can be read");
    fuzz::require(amqp::to_text(decoded) == amqp::to_text(again), "the round trip changes nothing");
    return 0;
}
