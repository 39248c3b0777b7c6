#include "broker/core/mode_methods.hpp"

#include <utility>

#include "broker/core/channel.hpp"
#include "broker/core/publishing.hpp"
#include "broker/core/vhost.hpp"

namespace hiratake::broker::core {

MaybeFault ModeMethods::on(const amqp::ConfirmSelect& method) {
    if (channel_.transaction) return precondition_failed("cannot switch from tx to confirm mode");
    if (!channel_.confirms) channel_.confirms.emplace();
    if (!method.no_wait) channel_.send(amqp::ConfirmSelectOk{});
    return std::nullopt;
}

MaybeFault ModeMethods::on(const amqp::TxSelect&) {
    if (channel_.confirms) return precondition_failed("cannot switch from confirm to tx mode");
    if (!channel_.transaction) channel_.transaction.emplace();
    channel_.send(amqp::TxSelectOk{});
    return std::nullopt;
}

MaybeFault ModeMethods::on(const amqp::TxCommit&) {
    if (!channel_.transaction) return precondition_failed("channel is not transactional");
    Transaction transaction = std::exchange(*channel_.transaction, {});
    for (const Publication& publication : transaction.publications) {
        Exchange* exchange = channel_.vhost().find_exchange(publication.message->exchange());
        Publishing{channel_}.route(publication, exchange);
    }
    for (Transaction::Settled& settled : transaction.settled) {
        channel_.settle(settled.settlement, settled.deliveries);
    }
    channel_.send(amqp::TxCommitOk{});
    return std::nullopt;
}

MaybeFault ModeMethods::on(const amqp::TxRollback&) {
    if (!channel_.transaction) return precondition_failed("channel is not transactional");
    Transaction transaction = std::exchange(*channel_.transaction, {});
    for (Transaction::Settled& settled : transaction.settled) {
        channel_.unacknowledged().restore(std::move(settled.deliveries));
    }
    channel_.send(amqp::TxRollbackOk{});
    return std::nullopt;
}

MaybeFault ModeMethods::on(const amqp::ChannelFlow& method) {
    if (!method.active) return not_implemented("active=false");
    channel_.send(amqp::ChannelFlowOk{.active = true});
    return std::nullopt;
}

}  // namespace hiratake::broker::core
