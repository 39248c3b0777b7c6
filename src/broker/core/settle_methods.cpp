#include "broker/core/settle_methods.hpp"

#include <fmt/core.h>

#include <utility>

#include "broker/core/channel.hpp"

namespace hiratake::broker::core {
namespace {

Settlement negative(bool requeue) {
    return requeue ? Settlement::requeue : Settlement::reject;
}

}  // namespace

MaybeFault SettleMethods::settle(Settlement settlement, std::uint64_t tag, bool multiple) {
    std::vector<Delivery> deliveries;
    bool known = false;
    if (multiple) {
        if (auto taken = channel_.unacknowledged().take_up_to(tag)) {
            deliveries = *std::move(taken);
            known = true;
        }
    } else if (auto taken = channel_.unacknowledged().take(tag)) {
        deliveries.push_back(*std::move(taken));
        known = true;
    }
    if (!known) return precondition_failed(fmt::format("unknown delivery tag {}", tag));
    if (channel_.transaction) {
        channel_.transaction->settled.push_back({settlement, std::move(deliveries)});
    } else {
        channel_.settle(settlement, std::move(deliveries));
    }
    return std::nullopt;
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
    channel_.settle(Settlement::requeue, channel_.unacknowledged().take_all());
    return std::nullopt;
}

MaybeFault SettleMethods::on(const amqp::BasicRecoverAsync& method) {
    if (!method.requeue) return not_implemented("requeue=false");
    channel_.settle(Settlement::requeue, channel_.unacknowledged().take_all());
    return std::nullopt;
}

}  // namespace hiratake::broker::core
