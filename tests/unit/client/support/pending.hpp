#pragma once

#include <memory>
#include <utility>

#include "client/core/pending_publish.hpp"

namespace hiratake::client::core {

inline PendingPublishPointer pending(PendingPublish publish) {
    return std::make_unique<PendingPublish>(std::move(publish));
}

}  // namespace hiratake::client::core
