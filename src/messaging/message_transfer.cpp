#include "messaging/message_transfer.hpp"

namespace hiratake::messaging {

void MessageTransfer::published(const client::PublishResult& result, TimePoint now) {
    ++publishes_;
    // Without confirms, that it was sent is all that will ever be known.
    if (result.ok()) {
        action_ = Action::acknowledge;
    } else if (result.status == client::PublishStatus::connection_lost || publishes_ == most_publishes) {
        // With its connection, the original is lost to us too: the broker has put it back already.
        action_ = Action::give_back;
    } else {
        action_ = Action::wait;
        wait_until_ = Deadline::after(now, first_wait * (1 << (publishes_ - 1)));
    }
}

}  // namespace hiratake::messaging
