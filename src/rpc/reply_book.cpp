#include "rpc/reply_book.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <utility>

#include "hiratake/rpc/rpc_error.hpp"

namespace hiratake::rpc {

void ReplyBook::expect(std::shared_ptr<PendingReply> reply, TimePoint now) {
    std::vector<Entry> expired;
    {
        const std::lock_guard lock{mutex_};
        // Calls that nobody waits for end here: each sweep looks at twice as many as were left, so a call costs O(1).
        if (entries_.size() >= next_sweep_at_ || entries_.size() >= max_pending_) expired = take_expired(now);
        if (entries_.size() < max_pending_) {
            const std::string_view correlation_id = reply->correlation_id();
            entries_.emplace(correlation_id, std::exchange(reply, nullptr));
        }
    }
    for (const Entry& entry : expired) entry->time_out();
    if (reply) {
        throw RequestNotSent(fmt::format(
            "call of {} not sent: {} calls are already under way; wait for some of them, or raise `max_pending_calls`",
            reply->target(), max_pending_));
    }
}

bool ReplyBook::complete(std::string_view correlation_id, ReplyOutcome&& outcome) {
    const Entry entry = take(correlation_id);
    if (entry) entry->complete(std::move(outcome));
    return entry != nullptr;
}

bool ReplyBook::fail(std::string_view correlation_id, std::exception_ptr error) {
    const Entry entry = take(correlation_id);
    if (entry) entry->fail(std::move(error));
    return entry != nullptr;
}

void ReplyBook::cancel_all(const std::exception_ptr& error) {
    decltype(entries_) entries;
    {
        const std::lock_guard lock{mutex_};
        entries.swap(entries_);
    }
    for (const auto& [correlation_id, entry] : entries) entry->cancel(error);
}

std::size_t ReplyBook::size() const {
    const std::lock_guard lock{mutex_};
    return entries_.size();
}

ReplyBook::Entry ReplyBook::take(std::string_view correlation_id) {
    const std::lock_guard lock{mutex_};
    auto node = entries_.extract(correlation_id);
    return node ? std::move(node.mapped()) : nullptr;
}

std::vector<ReplyBook::Entry> ReplyBook::take_expired(TimePoint now) {
    std::vector<Entry> expired;
    for (auto entry = entries_.begin(); entry != entries_.end();) {
        if (entry->second->deadline().passed(now)) {
            expired.push_back(std::move(entry->second));
            entry = entries_.erase(entry);
        } else {
            ++entry;
        }
    }
    next_sweep_at_ = std::max<std::size_t>(64, 2 * entries_.size());
    return expired;
}

}  // namespace hiratake::rpc
