#pragma once

#include <algorithm>
#include <cstddef>
#include <cstring>
#include <memory>
#include <mutex>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "rpc/pending_reply.hpp"

namespace hiratake::rpc {

/// The calls under way, by correlation id. A call is written down before its request leaves, so that no reply is too
/// early, and crossed out when its reply arrives, it fails, or its deadline has passed. Safe from any thread.
class ReplyBook {
  public:
    /// @param max_pending at the bound, expect() refuses
    explicit ReplyBook(std::size_t max_pending) : max_pending_(max_pending) {}

    /// Throws RequestNotSent when as many calls as allowed are under way.
    void expect(std::shared_ptr<PendingReply> reply, TimePoint now);
    /// Returns false, and leaves the outcome where it is, for a reply that nobody expects: it came too late, or belongs
    /// to an earlier life of this process.
    bool complete(std::string_view correlation_id, ReplyOutcome&& outcome);
    /// Returns false for a call that has ended already, or never was.
    bool fail(std::string_view correlation_id, std::exception_ptr error);
    /// Ends every call under way with this error, and quietly those that nobody waits for.
    void cancel_all(const std::exception_ptr& error);
    std::size_t size() const;

  private:
    // Shared with the caller that waits, whichever lives longer.
    using Entry = std::shared_ptr<PendingReply>;

    /// The first bytes of an id are its hash: the ids in the book are uuids of our own, which differ there.
    struct FirstBytes {
        std::size_t operator()(std::string_view id) const {
            std::size_t bytes = 0;
            std::memcpy(&bytes, id.data(), std::min(id.size(), sizeof bytes));
            return bytes;
        }
    };

    Entry take(std::string_view correlation_id);
    std::vector<Entry> take_expired(TimePoint now);

    const std::size_t max_pending_;
    mutable std::mutex mutex_;
    /// The keys are the entries' own.
    std::unordered_map<std::string_view, Entry, FirstBytes> entries_;
    std::size_t next_sweep_at_ = 64;
};

}  // namespace hiratake::rpc
