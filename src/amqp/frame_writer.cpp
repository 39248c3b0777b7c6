#include "amqp/frame_writer.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <limits>

#include "hiratake/amqp/encode_error.hpp"

namespace hiratake::amqp {

void FrameWriter::write_heartbeat() {
    close_frame(open_frame(FrameType::heartbeat, 0), "a heartbeat");
}

std::size_t FrameWriter::open_frame(FrameType type, std::uint16_t channel) {
    const std::size_t opened = out_.size();
    char* header = out_.grow(frame_header_size);
    header[0] = static_cast<char>(type);
    store_big_endian(header + 1, channel);
    return opened;
}

void FrameWriter::close_frame(std::size_t opened, std::string_view what) {
    const std::size_t payload_size = out_.size() - opened - frame_header_size;
    const std::size_t allowed = frame_max_ == 0 ? std::numeric_limits<std::uint32_t>::max() : frame_max_;
    if (payload_size + frame_overhead > allowed) {
        throw EncodeError(
            fmt::format("cannot encode {}: its frame of {} bytes is over the agreed {}; shorten its "
                        "arguments or headers, or raise frame_max",
                        what, payload_size + frame_overhead, allowed));
    }
    store_big_endian(out_.data() + opened + 3, static_cast<std::uint32_t>(payload_size));
    out_.push_back(frame_end);
}

void FrameWriter::append_header(std::uint16_t channel, std::uint16_t class_id, std::string_view encoded_properties,
                                std::uint64_t body_size) {
    const std::size_t opened = open_frame(FrameType::header, channel);
    constexpr std::uint16_t unused_weight = 0;
    char* header = out_.grow(2 * sizeof(std::uint16_t) + sizeof body_size);
    store_big_endian(header, class_id);
    store_big_endian(header + 2, unused_weight);
    store_big_endian(header + 4, body_size);
    out_.append(encoded_properties);
    close_frame(opened, "the content header");
}

void FrameWriter::append_body(std::uint16_t channel, std::string_view body) {
    const std::size_t frame_max = frame_max_ == 0 ? std::numeric_limits<std::uint32_t>::max() : frame_max_;
    const std::size_t largest_piece = frame_max - frame_overhead;
    if (body.size() > largest_piece) {
        out_.reserve(out_.size() + body.size() + (body.size() / largest_piece + 1) * frame_overhead);
    }
    while (!body.empty()) {
        const std::string_view piece = body.substr(0, largest_piece);
        const std::size_t opened = open_frame(FrameType::body, channel);
        out_.append(piece);
        close_frame(opened, "a body");
        body.remove_prefix(piece.size());
    }
}

}  // namespace hiratake::amqp
