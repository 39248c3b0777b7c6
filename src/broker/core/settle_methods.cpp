#include "broker/core/settle_methods.hpp"

#include <fmt/core.h>

#include <iterator>

#include "broker/core/channel.hpp"

namespace hiratake::broker::core {
namespace {

Settlement negative(bool requeue) {
    return requeue ? Settlement::requeue : Settlement::reject;
}

Fault unknown(std::uint64_t tag) {
    return precondition_failed(fmt::format("unknown delivery tag {}", tag));
}

}  // namespace

MaybeFault SettleMethods::settle(Settlement settlement, std::uint64_t tag, bool multiple) {
    if (multiple) {
        auto taken = channel_.unacknowledged().take_up_to(tag);
        if (!taken) return unknown(tag);
        settle(settlement, *taken);
    } else {
        auto taken = channel_.unacknowledged().take(tag);
        if (!taken) return unknown(tag);
        settle(settlement, {&*taken, 1});
    }
    return std::nullopt;
}

void SettleMethods::settle(Settlement settlement, std::span<Delivery> deliveries) {
    if (!channel_.transaction) return channel_.settle(settlement, deliveries);
    channel_.transaction->settled.push_back(
        {settlement, {std::make_move_iterator(deliveries.begin()), std::make_move_iterator(deliveries.end())}});
}

MaybeFault SettleMethods::on(const amqp::BasicAck& method) {
    return settle(Settlement::acknowledge, method.delivery_tag, method.multiple);
}

MaybeFault SettleMethods::on(const amqp::BasicNack& method) {
    return settle(negative(method.requeue), method.delivery_tag, method.multiple);
}

MaybeFault SettleMethods::on(const amqp::BasicReject& method) {
    return settle(negative(method.requeue), method.delivery_tag, false);
}

MaybeFault SettleMethods::on(const amqp::BasicRecover& method) {
    if (!method.requeue) return not_implemented("requeue=false");
    channel_.send(amqp::BasicRecoverOk{});
    channel_.requeue_all();
    return std::nullopt;
}

MaybeFault SettleMethods::on(const amqp::BasicRecoverAsync& method) {
    if (!method.requeue) return not_implemented("requeue=false");
    channel_.requeue_all();
    return std::nullopt;
}

}  // namespace hiratake::broker::core
