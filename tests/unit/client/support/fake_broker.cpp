#include "unit/client/support/fake_broker.hpp"

#include <cstring>
#include <utility>

#include "amqp/dispatch.hpp"
#include "amqp/print.hpp"

namespace hiratake::client::core {

void FakeBroker::accept(TimePoint now, const ConnectionUri& uri) {
    reader_ = amqp::FrameReader{0};
    to_client_.clear();
    heard_protocol_header_ = false;
    stalled_.clear();
    confirming_channel_ = 0;
    published_ = 0;
    replies_ = 0;
    machine_.begin(uri, now);
}

void FakeBroker::listen(TimePoint now) {
    if (!machine_.has_outgoing()) return;
    machine_.take_outgoing(from_client_, now);
    reader_.feed(from_client_);
}

bool FakeBroker::hear_one() {
    if (!heard_protocol_header_) {
        const auto header = reader_.take(amqp::protocol_header.size());
        if (!header) return false;
        heard_.emplace_back(*header == amqp::protocol_header ? "protocol header" : "something else");
        heard_protocol_header_ = true;
        channel_ = 0;
        if (std::ranges::find(silent_on, "protocol header") == silent_on.end()) {
            reply(amqp::ConnectionStart{.mechanisms = mechanisms, .locales = "en_US"});
        }
        return true;
    }
    amqp::Frame frame;
    if (reader_.next(frame) != amqp::FrameStatus::frame) return false;
    heard_.push_back(amqp::to_text(frame));
    channel_ = frame.channel;
    if (frame.type == amqp::FrameType::method) static_cast<void>(amqp::dispatch_to_server(frame.payload, *this));
    return true;
}

ConnectionAction FakeBroker::converse(TimePoint now, std::size_t max_replies) {
    ConnectionAction last = ConnectionAction::go_on;
    const auto note = [&](ConnectionAction action) {
        if (action != ConnectionAction::go_on) last = action;
    };
    note(machine_.advance(now));
    bool anything = true;
    while (anything && last != ConnectionAction::hang_up) {
        listen(now);
        anything = false;
        while (hear_one()) anything = true;
        if (to_client_.empty() || replies_ >= max_replies) continue;
        ++replies_;
        anything = true;
        const amqp::ByteBuffer bytes = std::exchange(to_client_, {});
        const auto room = machine_.receive_buffer(bytes.size());
        bytes.view().copy(room.data(), bytes.size());
        note(machine_.received(bytes.size(), now));
    }
    listen(now);
    while (hear_one()) continue;
    return last;
}

}  // namespace hiratake::client::core
