#pragma once

#include "amqp/methods.hpp"

namespace hiratake::amqp {

/// A list of method types.
template <class... Methods>
struct MethodList {};

// Basic comes first: it is nearly all of the traffic.

/// The methods that a client may send.
using MethodsToServer =
    MethodList<BasicQos, BasicConsume, BasicCancel, BasicCancelOk, BasicPublish, BasicGet, BasicAck, BasicReject,
               BasicRecoverAsync, BasicRecover, BasicNack, ConnectionStartOk, ConnectionSecureOk, ConnectionTuneOk,
               ConnectionOpen, ConnectionClose, ConnectionCloseOk, ConnectionUpdateSecret, ChannelOpen, ChannelFlow,
               ChannelFlowOk, ChannelClose, ChannelCloseOk, ExchangeDeclare, ExchangeDelete, ExchangeBind,
               ExchangeUnbind, QueueDeclare, QueueBind, QueuePurge, QueueDelete, QueueUnbind, TxSelect, TxCommit,
               TxRollback, ConfirmSelect>;

/// The methods that a server may send.
using MethodsToClient =
    MethodList<BasicQosOk, BasicConsumeOk, BasicCancel, BasicCancelOk, BasicReturn, BasicDeliver, BasicGetOk,
               BasicGetEmpty, BasicAck, BasicRecoverOk, BasicNack, ConnectionStart, ConnectionSecure, ConnectionTune,
               ConnectionOpenOk, ConnectionClose, ConnectionCloseOk, ConnectionBlocked, ConnectionUnblocked,
               ConnectionUpdateSecretOk, ChannelOpenOk, ChannelFlow, ChannelFlowOk, ChannelClose, ChannelCloseOk,
               ExchangeDeclareOk, ExchangeDeleteOk, ExchangeBindOk, ExchangeUnbindOk, QueueDeclareOk, QueueBindOk,
               QueuePurgeOk, QueueDeleteOk, QueueUnbindOk, TxSelectOk, TxCommitOk, TxRollbackOk, ConfirmSelectOk>;

/// Whether a method of this id is in the list.
template <class... Methods>
constexpr bool contains(MethodList<Methods...>, MethodId id) {
    return ((id == Methods::id) || ...);
}

/// Calls visitor.template operator()<Method>() for each method of the list.
template <class... Methods, class Visitor>
void for_each_method(MethodList<Methods...>, Visitor&& visitor) {
    (visitor.template operator()<Methods>(), ...);
}

}  // namespace hiratake::amqp
