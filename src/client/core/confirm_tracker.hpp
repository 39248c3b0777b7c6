#pragma once

#include <cstdint>
#include <deque>
#include <string>
#include <string_view>

#include "client/core/pending_publish.hpp"

namespace hiratake::client::core {

/// What basic.return brought back.
struct ReturnedContent {
    std::string_view exchange;
    std::string_view routing_key;
    std::string_view encoded_properties;
    std::string_view body;
    /// For people: "312 NO_ROUTE".
    std::string reason;
};

/// The publishes written to one confirm channel and not answered yet, in the order of their delivery tags
/// (RabbitMQ publisher confirms: tags count from 1 on each channel; an answer may cover all tags up to its own).
///
/// A publish that nobody waits for any more (its deadline passed) keeps its place, so that the tags stay aligned.
class ConfirmTracker {
  public:
    std::size_t size() const { return entries_.size(); }
    bool empty() const { return entries_.empty(); }

    /// Notes a publish that has just been written; it gets the next delivery tag.
    void track(PendingPublishPointer publish);

    /// basic.ack and basic.nack. Returns false when no such tag is outstanding: the broker is confused, or we are.
    [[nodiscard]] bool acknowledge(std::uint64_t delivery_tag, bool multiple, SettledPublishes& settled);
    [[nodiscard]] bool refuse(std::uint64_t delivery_tag, bool multiple, SettledPublishes& settled);

    /// basic.return. A broker returns a message before it confirms it, in the order of publishing, but does not say
    /// which delivery tag it had: it is the first outstanding mandatory publish, after the one returned last, that
    /// equals the returned message; or at least its exchange and routing key, for a broker that changes properties. Its
    /// answer, the ack that follows, then settles as `returned`. Returns false when there is none.
    [[nodiscard]] bool mark_returned(const ReturnedContent& returned);

    /// Answers those whose deadline has passed.
    void expire(TimePoint now, SettledPublishes& settled);
    /// No deadline passes before this moment.
    Deadline next_deadline() const { return earliest_deadline_; }

    /// The channel is gone, and with it all answers: takes out everything that is still waited for, in order, and
    /// starts to count from 1 again.
    std::deque<PendingPublishPointer> take_unanswered();

  private:
    struct Entry {
        PendingPublishPointer publish = {};
        bool answered = false;
        bool returned = false;
        std::string return_reason = {};
    };

    bool answer(std::uint64_t delivery_tag, bool multiple, PublishStatus status, SettledPublishes& settled);
    static void answer(Entry& entry, PublishStatus status, SettledPublishes& settled);
    std::size_t find_returned(const ReturnedContent& returned, bool whole) const;

    std::deque<Entry> entries_;
    std::uint64_t first_tag_ = 1;
    std::uint64_t first_tag_not_returned_ = 1;
    Deadline earliest_deadline_;
};

}  // namespace hiratake::client::core
