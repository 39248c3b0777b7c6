#include "amqp/content_assembler.hpp"

#include <algorithm>
#include <utility>

#include "amqp/wire_reader.hpp"

namespace hiratake::amqp {
namespace {

constexpr std::size_t largest_kept_buffer = 1U << 20U;
// A promised length is believed as far as this many times what has come.
constexpr std::uint64_t trust_in_promises = 16;

}  // namespace

std::string_view to_text(ContentError error) {
    switch (error) {
        case ContentError::none: return "no error";
        case ContentError::method_expected: return "a content frame where a method is due";
        case ContentError::header_expected: return "another frame where a content header is due";
        case ContentError::header_of_another_class: return "a content header of another class";
        case ContentError::malformed_header: return "a malformed content header";
        case ContentError::body_expected: return "another frame where a body is due";
        case ContentError::body_longer_than_announced: return "more body than its header announced";
        case ContentError::message_too_large: return "a message over the size limit";
    }
    return "an unnamed error";
}

void ContentAssembler::begin(MethodId method) {
    method_ = method;
    error_ = ContentError::none;
    reset();
    state_ = State::header_due;
}

void ContentAssembler::reset() {
    state_ = State::idle;
    content_ = {};
    joined_.clear();
    // One huge message must not hold its room for the life of the channel.
    if (joined_.capacity() > largest_kept_buffer) std::string().swap(joined_);
}

ContentStatus ContentAssembler::add(const Frame& frame) {
    switch (state_) {
        case State::idle: break;
        case State::header_due: return add_header(frame);
        case State::body_due: return add_body(frame);
    }
    method_ = {};
    return fail(ContentError::method_expected);
}

ContentStatus ContentAssembler::add_header(const Frame& frame) {
    if (frame.type != FrameType::header) return fail(ContentError::header_expected);
    WireReader reader{frame.payload};
    header_class_ = reader.short_integer();
    const std::uint16_t weight = reader.short_integer();
    announced_size_ = reader.long_long_integer();
    if (reader.failed() || weight != 0) return fail(ContentError::malformed_header);
    if (header_class_ != method_.class_id) return fail(ContentError::header_of_another_class);
    if (announced_size_ > max_message_size_) return fail(ContentError::message_too_large);
    // Kept, because the body may come in a later read.
    properties_.assign(reader.rest());
    state_ = State::body_due;
    return announced_size_ == 0 ? complete({}) : ContentStatus::incomplete;
}

ContentStatus ContentAssembler::add_body(const Frame& frame) {
    if (frame.type != FrameType::body) return fail(ContentError::body_expected);
    const std::uint64_t missing = announced_size_ - joined_.size();
    if (frame.payload.size() > missing) return fail(ContentError::body_longer_than_announced);
    if (joined_.empty() && frame.payload.size() == missing) return complete(frame.payload);
    if (joined_.empty()) joined_.reserve(std::min(announced_size_, trust_in_promises * frame.payload.size()));
    joined_.append(frame.payload);
    return joined_.size() == announced_size_ ? complete(joined_) : ContentStatus::incomplete;
}

std::string ContentAssembler::take_body() {
    const bool was_joined = !joined_.empty();
    std::string body = was_joined ? std::move(joined_) : std::string(content_.body);
    content_.body = {};
    joined_.clear();
    return body;
}

ContentStatus ContentAssembler::complete(std::string_view body) {
    state_ = State::idle;
    content_ = {properties_, body};
    return ContentStatus::complete;
}

ContentStatus ContentAssembler::fail(ContentError error) {
    state_ = State::idle;
    error_ = error;
    return ContentStatus::error;
}

}  // namespace hiratake::amqp
