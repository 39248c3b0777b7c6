#include "client/core/topology_machine.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "amqp/dispatch.hpp"
#include "client/core/channel_error.hpp"

namespace hiratake::client::core {
namespace {

struct WriteDeclaration {
    amqp::FrameWriter& writer;
    std::uint16_t channel;

    void operator()(const Exchange& exchange) const {
        writer.write_method(channel, amqp::ExchangeDeclare{.exchange = exchange.name,
                                                           .type = exchange.type,
                                                           .passive = exchange.passive,
                                                           .durable = exchange.durable,
                                                           .auto_delete = exchange.auto_delete,
                                                           .internal = exchange.internal,
                                                           .arguments = exchange.arguments});
    }
    void operator()(const Queue& queue) const {
        writer.write_method(channel, amqp::QueueDeclare{.queue = queue.name,
                                                        .passive = queue.passive,
                                                        .durable = queue.durable,
                                                        .exclusive = queue.exclusive,
                                                        .auto_delete = queue.auto_delete,
                                                        .arguments = queue.arguments});
    }
    void operator()(const Binding& binding) const {
        writer.write_method(channel, amqp::QueueBind{.queue = binding.queue,
                                                     .exchange = binding.exchange,
                                                     .routing_key = binding.routing_key,
                                                     .arguments = binding.arguments});
    }
    void operator()(const ExchangeBinding& binding) const {
        writer.write_method(channel, amqp::ExchangeBind{.destination = binding.destination,
                                                        .source = binding.source,
                                                        .routing_key = binding.routing_key,
                                                        .arguments = binding.arguments});
    }
};

}  // namespace

void write_declaration(amqp::FrameWriter& writer, std::uint16_t channel, const Declaration& declaration) {
    std::visit(WriteDeclaration{writer, channel}, declaration);
}

void TopologyMachine::declare(Topology topology) {
    for (auto& declaration : topology) {
        const std::size_t index = find_or_add(std::move(declaration));
        if (entries_[index].state == EntryState::sent) {
            entries_[index].is_asked_for_again = true;
        } else {
            make_pending(index);
        }
    }
    send_pending();
}

std::size_t TopologyMachine::find_or_add(Declaration declaration) {
    std::string text = to_string(declaration);
    const auto [first, last] = index_by_text_.equal_range(text);
    const auto known =
        std::find_if(first, last, [&](const auto& each) { return entries_[each.second].declaration == declaration; });
    if (known != last) return known->second;
    index_by_text_.emplace(std::move(text), entries_.size());
    entries_.push_back({.declaration = std::move(declaration), .retry_at = {}});
    ++pending_;
    return entries_.size() - 1;
}

void TopologyMachine::redeclare_queue(std::string_view queue) {
    std::vector<std::string_view> exchanges;
    for (const auto& entry : entries_) {
        const auto* binding = std::get_if<Binding>(&entry.declaration);
        if (binding && binding->queue == queue) exchanges.push_back(binding->exchange);
    }
    for (std::size_t index = 0; index < entries_.size(); ++index) {
        const auto& declaration = entries_[index].declaration;
        const auto* exchange = std::get_if<Exchange>(&declaration);
        const auto* declared_queue = std::get_if<Queue>(&declaration);
        const auto* binding = std::get_if<Binding>(&declaration);
        if ((exchange && std::ranges::find(exchanges, exchange->name) != exchanges.end()) ||
            (declared_queue && declared_queue->name == queue) || (binding && binding->queue == queue)) {
            make_pending(index);
        }
    }
    send_pending();
}

void TopologyMachine::make_pending(std::size_t index) {
    auto& entry = entries_[index];
    // What is on its way already will be declared after the queue has vanished, too.
    if (entry.state == EntryState::pending || entry.state == EntryState::sent) return;
    if (entry.state == EntryState::refused) --refused_;
    entry.state = EntryState::pending;
    entry.retry_at = Deadline::never();
    entry.is_asked_for_again = false;
    ++pending_;
}

void TopologyMachine::connected() {
    is_connected_ = true;
    for (std::size_t index = 0; index < entries_.size(); ++index) make_pending(index);
    open_channel();
}

void TopologyMachine::disconnected() {
    is_connected_ = false;
    state_ = ChannelState::closed;
    for (const std::size_t index : std::exchange(sent_, {})) {
        entries_[index].state = EntryState::declared;
        make_pending(index);
    }
}

void TopologyMachine::open_channel() {
    writer_.write_method(channel_, amqp::ChannelOpen{});
    state_ = ChannelState::opening;
}

TopologyStatus TopologyMachine::receive(std::string_view method_payload, TimePoint now, double chance) {
    now_ = now;
    chance_ = chance;
    status_ = TopologyStatus::under_way;
    const amqp::DecodeError error = amqp::dispatch_to_client(method_payload, *this);
    if (error != amqp::DecodeError::none) {
        failure_ = protocol_failure(fmt::format("the broker sent a method that cannot be read: {}", to_text(error)));
        return TopologyStatus::protocol_broken;
    }
    return status_;
}

void TopologyMachine::on(const amqp::ChannelOpenOk& ok) {
    if (state_ != ChannelState::opening) return break_protocol(ok.name);
    state_ = ChannelState::open;
    send_pending();
    if (is_settled()) status_ = TopologyStatus::settled;
}

void TopologyMachine::on(const amqp::QueueDeclareOk& ok) {
    declared_queue_ = DeclaredQueue{std::string{ok.queue}, ok.message_count};
    confirm<Queue>(ok.name);
}

void TopologyMachine::send_pending() {
    if (state_ != ChannelState::open || pending_ == 0) return;
    for (std::size_t index = 0; index < entries_.size(); ++index) {
        auto& entry = entries_[index];
        if (entry.state != EntryState::pending) continue;
        write_declaration(writer_, channel_, entry.declaration);
        entry.state = EntryState::sent;
        sent_.push_back(index);
    }
    pending_ = 0;
}

void TopologyMachine::confirm_front() {
    const std::size_t index = sent_.front();
    auto& entry = entries_[index];
    entry.state = EntryState::declared;
    entry.refusals = 0;
    sent_.pop_front();
    if (entry.is_asked_for_again) {
        make_pending(index);
        send_pending();
    }
    if (is_settled()) status_ = TopologyStatus::settled;
}

void TopologyMachine::on(const amqp::ChannelClose& close) {
    writer_.write_method(channel_, amqp::ChannelCloseOk{});
    state_ = ChannelState::closed;
    status_ = TopologyStatus::refused;
    if (sent_.empty()) {
        failure_ = channel_failure(close, "keep the channel for declarations open");
    } else {
        auto& culprit = entries_[sent_.front()];
        sent_.pop_front();
        failure_ = channel_failure(close, "declare the " + to_string(culprit.declaration));
        culprit.state = EntryState::refused;
        ++refused_;
        culprit.retry_at = Deadline::after(now_, policy_.delay(++culprit.refusals, chance_));
    }
    for (const std::size_t index : std::exchange(sent_, {})) {
        entries_[index].state = EntryState::pending;
        ++pending_;
    }
    if (is_connected_) open_channel();
}

void TopologyMachine::advance(TimePoint now) {
    if (refused_ == 0) return;
    for (std::size_t index = 0; index < entries_.size(); ++index) {
        if (entries_[index].state == EntryState::refused && entries_[index].retry_at.passed(now)) make_pending(index);
    }
    send_pending();
}

Deadline TopologyMachine::next_deadline() const {
    if (state_ == ChannelState::closed || refused_ == 0) return Deadline::never();
    Deadline earliest;
    for (const auto& entry : entries_) {
        if (entry.state == EntryState::refused) earliest = earliest.earlier(entry.retry_at);
    }
    return earliest;
}

bool TopologyMachine::is_settled() const {
    return state_ == ChannelState::open && pending_ == 0 && sent_.empty();
}

void TopologyMachine::break_protocol(std::string_view method) {
    failure_ = protocol_failure(fmt::format("the broker sent {} on a channel where it was not expected", method));
    status_ = TopologyStatus::protocol_broken;
}

}  // namespace hiratake::client::core
