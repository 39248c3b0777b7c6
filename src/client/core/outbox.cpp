#include "client/core/outbox.hpp"

#include <iterator>
#include <string>
#include <utility>

namespace hiratake::client::core {

void Outbox::push(PendingPublishPointer publish) {
    earliest_deadline_ = earliest_deadline_.earlier(publish->deadline);
    waiting_.push_back(std::move(publish));
}

void Outbox::push_front(std::deque<PendingPublishPointer> publishes) {
    for (const auto& publish : publishes) earliest_deadline_ = earliest_deadline_.earlier(publish->deadline);
    std::move(waiting_.begin(), waiting_.end(), std::back_inserter(publishes));
    waiting_ = std::move(publishes);
}

PendingPublishPointer Outbox::pop() {
    PendingPublishPointer publish = std::move(waiting_.front());
    waiting_.pop_front();
    if (waiting_.empty()) earliest_deadline_ = Deadline::never();
    return publish;
}

void Outbox::expire(TimePoint now, SettledPublishes& settled) {
    if (!earliest_deadline_.passed(now)) return;
    earliest_deadline_ = Deadline::never();
    std::deque<PendingPublishPointer> kept;
    for (auto& publish : waiting_) {
        if (!publish->deadline.passed(now)) {
            earliest_deadline_ = earliest_deadline_.earlier(publish->deadline);
            kept.push_back(std::move(publish));
            continue;
        }
        const auto detail = publish->attempts == 0
                                ? "not sent before its deadline"
                                : "not confirmed before its deadline: the connection was lost after it was sent";
        settle(*publish, {PublishStatus::timed_out, detail}, settled);
    }
    waiting_ = std::move(kept);
}

void Outbox::fail(PublishStatus status, std::string_view detail, SettledPublishes& settled) {
    for (auto& publish : std::exchange(waiting_, {})) settle(*publish, {status, std::string{detail}}, settled);
    earliest_deadline_ = Deadline::never();
}

}  // namespace hiratake::client::core
