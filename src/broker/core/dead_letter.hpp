#pragma once

#include <boost/smart_ptr/intrusive_ptr.hpp>
#include <string_view>

#include "broker/core/message.hpp"

namespace hiratake::broker::core {

class Queue;

/// Why a message left its queue without being consumed.
enum class DeathReason { rejected, expired, max_length, delivery_limit };

/// The word for it in `x-death`.
std::string_view name_of(DeathReason reason);

struct DeadLetter {
    /// The queue that it left, which may be gone when the letter is sent.
    boost::intrusive_ptr<Queue> queue;
    MessagePointer message;
    DeathReason reason;
};

}  // namespace hiratake::broker::core
