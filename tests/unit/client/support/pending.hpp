#pragma once

#include <memory>
#include <utility>

#include "client/core/pending_publish.hpp"

namespace hiratake::client::core {

/// What a test says of a publish.
struct Publish {
    amqp::MessageParts message;
    bool mandatory = false;
    bool confirm = true;
    Deadline deadline = {};
    PublishHandler handler = {};
};

inline PendingPublishPointer pending(Publish publish) {
    PendingPublishPointer pending{new (publish.message) PendingPublish{publish.message}};
    pending->mandatory = publish.mandatory;
    pending->confirm = publish.confirm;
    pending->deadline = publish.deadline;
    pending->handler = std::move(publish.handler);
    return pending;
}

}  // namespace hiratake::client::core
