#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "amqp/append_guard.hpp"
#include "amqp/byte_buffer.hpp"
#include "amqp/frame.hpp"
#include "amqp/method_encoder.hpp"

namespace hiratake::amqp {

/// Appends frames to one buffer that it does not own: the whole burst then leaves in one write. Cheap to make; use one
/// for each burst or keep it. A call that throws leaves the buffer as it was.
class FrameWriter {
  public:
    /// @param frame_max the largest frame to write, in bytes with its envelope; 0 means no limit
    explicit FrameWriter(ByteBuffer& out, std::uint32_t frame_max = 0) : out_(out), frame_max_(frame_max) {}

    void set_frame_max(std::uint32_t frame_max) { frame_max_ = frame_max; }

    void write_protocol_header() { out_.append(protocol_header); }
    void write_heartbeat();

    /// @throws EncodeError for a name over 255 bytes, a table nested too deep, a method beyond frame_max
    template <class Method>
    void write_method(std::uint16_t channel, const Method& method) {
        AppendGuard guard{out_};
        append_method(channel, method);
        guard.keep();
    }

    /// Writes the method, its content header and its body, cut to frame_max; an empty body has no body frame.
    /// @param encoded_properties flags and properties, as encode_properties() makes them and ContentAssembler hands out
    /// @throws EncodeError as write_method(), and for properties beyond frame_max
    template <class Method>
    void write_content(std::uint16_t channel, const Method& method, std::string_view encoded_properties,
                       std::string_view body) {
        static_assert(Method::carries_content);
        AppendGuard guard{out_};
        append_method(channel, method);
        append_header(channel, Method::id.class_id, encoded_properties, body.size());
        append_body(channel, body);
        guard.keep();
    }

  private:
    template <class Method>
    void append_method(std::uint16_t channel, const Method& method) {
        const std::size_t opened = open_frame(FrameType::method, channel);
        encode_method(out_, method);
        close_frame(opened, Method::name);
    }

    /// Leaves the size open; returns where the frame starts.
    std::size_t open_frame(FrameType type, std::uint16_t channel);
    /// Fills in the size and ends the frame. `what` names the frame in the error.
    void close_frame(std::size_t opened, std::string_view what);
    void append_header(std::uint16_t channel, std::uint16_t class_id, std::string_view encoded_properties,
                       std::uint64_t body_size);
    void append_body(std::uint16_t channel, std::string_view body);

    ByteBuffer& out_;
    std::uint32_t frame_max_;
};

}  // namespace hiratake::amqp
