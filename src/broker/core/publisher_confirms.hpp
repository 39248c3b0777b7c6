#pragma once

#include <cstdint>
#include <vector>

namespace hiratake::broker::core {

/// What is owed to a publisher in confirm mode: publishes are numbered from 1, and the answers of one pass leave
/// together, runs of them in one frame with `multiple` set.
class PublisherConfirms {
  public:
    struct Answer {
        std::uint64_t tag;
        bool multiple;
        bool accepted;
    };

    /// The number of the publish that has just come.
    std::uint64_t next_tag() { return ++last_tag_; }
    /// Tags are settled in order: whether a message is accepted is known at once in a broker that holds it in memory.
    void settle(std::uint64_t tag, bool accepted);
    bool has_answers() const { return !answers_.empty(); }
    /// The answers owed, oldest first.
    const std::vector<Answer>& answers() const { return answers_; }
    void clear_answers() { answers_.clear(); }

  private:
    std::uint64_t last_tag_ = 0;
    std::vector<Answer> answers_;
};

}  // namespace hiratake::broker::core
