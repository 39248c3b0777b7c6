#include "testing/frame_filter.hpp"

#include <string_view>

#include "amqp/big_endian.hpp"
#include "amqp/method_id.hpp"
#include "amqp/method_list.hpp"

namespace hiratake::testing {
namespace {

std::string_view method_name(std::string_view payload) {
    std::string_view name;
    const auto id = amqp::peek_method_id(payload);
    if (!id) return name;
    const auto find = [&]<class Method>() {
        if (Method::id == *id) name = Method::name;
    };
    amqp::for_each_method(amqp::MethodsToServer{}, find);
    amqp::for_each_method(amqp::MethodsToClient{}, find);
    return name;
}

void append_frame(std::string& out, const amqp::Frame& frame) {
    char header[amqp::frame_header_size];
    header[0] = static_cast<char>(frame.type);
    amqp::store_big_endian(header + 1, frame.channel);
    amqp::store_big_endian(header + 3, static_cast<std::uint32_t>(frame.payload.size()));
    out.append(header, sizeof header).append(frame.payload).push_back(amqp::frame_end);
}

}  // namespace

FrameFilter::Result FrameFilter::pass(std::string& out) {
    out += std::exchange(delayed_, {});
    if (is_before_header_) {
        const auto header = reader_.take(amqp::protocol_header.size());
        if (!header) return {};
        out += *header;
        is_before_header_ = false;
    }
    amqp::Frame frame;
    while (true) {
        switch (reader_.next(frame)) {
            case amqp::FrameStatus::incomplete: return {};
            case amqp::FrameStatus::error: return {Stop::cut, {}};
            case amqp::FrameStatus::frame: break;
        }
        const auto fault = fault_of(frame);
        if (!fault) {
            append_frame(out, frame);
        } else if (fault->kind == Fault::Kind::delay) {
            append_frame(delayed_, frame);
            return {Stop::delay, fault->delay};
        } else if (fault->kind == Fault::Kind::cut) {
            return {Stop::cut, {}};
        }
    }
}

std::optional<Fault> FrameFilter::fault_of(const amqp::Frame& frame) {
    if (frame.type == amqp::FrameType::method) {
        const auto fault = plan_->meet(direction_, method_name(frame.payload));
        if (fault && fault->kind == Fault::Kind::drop) {
            dropping_.insert(frame.channel);
        } else {
            dropping_.erase(frame.channel);
        }
        return fault;
    }
    const bool is_content = frame.type == amqp::FrameType::header || frame.type == amqp::FrameType::body;
    if (is_content && dropping_.contains(frame.channel)) return Fault{};
    return std::nullopt;
}

}  // namespace hiratake::testing
