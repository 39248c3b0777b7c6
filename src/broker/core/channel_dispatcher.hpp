#pragma once

#include "amqp/methods.hpp"
#include "broker/core/channel.hpp"
#include "broker/core/consume_methods.hpp"
#include "broker/core/exchange_methods.hpp"
#include "broker/core/fault.hpp"
#include "broker/core/mode_methods.hpp"
#include "broker/core/queue_methods.hpp"
#include "broker/core/settle_methods.hpp"

namespace hiratake::broker::core {

/// Hands each method that a client sends on an open channel to the class that knows it.
struct ChannelDispatcher {
    explicit ChannelDispatcher(Channel& to) : channel(to) {}

    template <class Method>
    void on(const Method& method) {
        if constexpr (requires(SettleMethods methods) { methods.on(method); }) {
            fault = SettleMethods{channel}.on(method);
        } else if constexpr (requires(ConsumeMethods methods) { methods.on(method); }) {
            fault = ConsumeMethods{channel}.on(method);
        } else if constexpr (requires(QueueMethods methods) { methods.on(method); }) {
            fault = QueueMethods{channel}.on(method);
        } else if constexpr (requires(ExchangeMethods methods) { methods.on(method); }) {
            fault = ExchangeMethods{channel}.on(method);
        } else if constexpr (requires(ModeMethods methods) { methods.on(method); }) {
            fault = ModeMethods{channel}.on(method);
        } else {
            fault = command_invalid("unimplemented method");
        }
    }
    void on(const amqp::BasicPublish& method) { channel.expect_content(method); }
    /// Answers to what the broker told it by itself: nothing more to do.
    void on(const amqp::BasicCancelOk&) {}
    void on(const amqp::ChannelFlowOk&) {}
    void on(const amqp::ChannelOpen&) { fault = channel_error("second 'channel.open' seen"); }

    Channel& channel;
    MaybeFault fault;
};

/// What a client is told about a method that cannot be decoded.
Fault fault_of(amqp::DecodeError error);

}  // namespace hiratake::broker::core
