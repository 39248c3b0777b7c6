#include "client/core/confirm_tracker.hpp"

#include <algorithm>
#include <utility>

namespace hiratake::client::core {

void ConfirmTracker::track(PendingPublishPointer publish) {
    earliest_deadline_ = earliest_deadline_.earlier(publish->deadline);
    entries_.emplace_back().publish = std::move(publish);
}

bool ConfirmTracker::acknowledge(std::uint64_t delivery_tag, bool multiple, SettledPublishes& settled) {
    return answer(delivery_tag, multiple, PublishStatus::confirmed, settled);
}

bool ConfirmTracker::refuse(std::uint64_t delivery_tag, bool multiple, SettledPublishes& settled) {
    return answer(delivery_tag, multiple, PublishStatus::rejected, settled);
}

bool ConfirmTracker::answer(std::uint64_t delivery_tag, bool multiple, PublishStatus status,
                            SettledPublishes& settled) {
    // Tag 0 with `multiple` means everything outstanding (AMQP 0-9-1, basic.ack.delivery-tag).
    if (multiple && delivery_tag == 0) delivery_tag = first_tag_ + entries_.size() - 1;
    if (delivery_tag < first_tag_ || delivery_tag - first_tag_ >= entries_.size()) return false;
    const auto index = static_cast<std::size_t>(delivery_tag - first_tag_);
    for (std::size_t at = multiple ? 0 : index; at <= index; ++at) answer(entries_[at], status, settled);
    while (!entries_.empty() && entries_.front().answered) {
        entries_.pop_front();
        ++first_tag_;
    }
    return true;
}

void ConfirmTracker::answer(Entry& entry, PublishStatus status, SettledPublishes& settled) {
    if (entry.answered) return;
    entry.answered = true;
    if (!entry.publish->handler) return;
    PublishResult result{.status = status, .detail = {}};
    if (entry.returned) {
        result = {.status = PublishStatus::returned, .detail = std::move(entry.return_reason)};
    } else if (status == PublishStatus::rejected) {
        result.detail = "the broker answered basic.nack: a queue is full, or it could not store the message";
    }
    settle(*entry.publish, std::move(result), settled);
}

bool ConfirmTracker::mark_returned(const ReturnedContent& returned) {
    std::size_t at = find_returned(returned, true);
    if (at == entries_.size()) at = find_returned(returned, false);
    if (at == entries_.size()) return false;
    entries_[at].returned = true;
    entries_[at].return_reason = returned.reason;
    first_tag_not_returned_ = first_tag_ + at + 1;
    return true;
}

std::size_t ConfirmTracker::find_returned(const ReturnedContent& returned, bool whole) const {
    const std::uint64_t from = std::max(first_tag_not_returned_, first_tag_) - first_tag_;
    for (auto at = static_cast<std::size_t>(from); at < entries_.size(); ++at) {
        const PendingPublish& publish = *entries_[at].publish;
        if (!publish.mandatory || entries_[at].answered) continue;
        if (publish.exchange() != returned.exchange || publish.routing_key() != returned.routing_key) continue;
        if (!whole ||
            (publish.body() == returned.body && publish.encoded_properties() == returned.encoded_properties)) {
            return at;
        }
    }
    return entries_.size();
}

void ConfirmTracker::expire(TimePoint now, SettledPublishes& settled) {
    if (!earliest_deadline_.passed(now)) return;
    earliest_deadline_ = Deadline::never();
    for (auto& entry : entries_) {
        if (entry.answered || !entry.publish->handler) continue;
        if (!entry.publish->deadline.passed(now)) {
            earliest_deadline_ = earliest_deadline_.earlier(entry.publish->deadline);
            continue;
        }
        // The message stays, because a basic.return still has to find it; nobody waits for its answer any more.
        settled.push_back({std::exchange(entry.publish->handler, nullptr),
                           {PublishStatus::timed_out, "sent, but not confirmed before its deadline"},
                           entry.publish->size()});
    }
}

std::deque<PendingPublishPointer> ConfirmTracker::take_unanswered() {
    std::deque<PendingPublishPointer> unanswered;
    for (auto& entry : entries_) {
        if (!entry.answered && entry.publish->handler) unanswered.push_back(std::move(entry.publish));
    }
    *this = ConfirmTracker{};
    return unanswered;
}

}  // namespace hiratake::client::core
