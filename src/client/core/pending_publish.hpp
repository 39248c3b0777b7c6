#pragma once

#include <cstdint>
#include <memory>
#include <utility>
#include <vector>

#include "amqp/message_block.hpp"
#include "hiratake/base/deadline.hpp"
#include "hiratake/client/core/publish_result.hpp"

namespace hiratake::client::core {

/// A publish whose outcome is not known yet.
struct PendingPublish final : amqp::MessageBlock<PendingPublish> {
    explicit PendingPublish(const amqp::MessageParts& parts) : MessageBlock(parts) {}

    bool mandatory = false;
    bool confirm = true;
    Deadline deadline = {};
    PublishHandler handler = {};
    /// How often it has been written. More than once after a connection or channel was lost.
    std::uint32_t attempts = 0;
};

/// It goes through several lists on its way: by pointer, so that none of them moves it.
using PendingPublishPointer = std::unique_ptr<PendingPublish>;

/// A publish whose outcome is known, for the driver to tell the caller.
struct SettledPublish {
    PublishHandler handler;
    PublishResult result;
    /// The size of the message, by which the driver accounts for memory.
    std::size_t size = 0;
};

using SettledPublishes = std::vector<SettledPublish>;

inline void settle(PendingPublish& publish, PublishResult result, SettledPublishes& settled) {
    settled.emplace_back(std::move(publish.handler), std::move(result), publish.size());
}

}  // namespace hiratake::client::core
