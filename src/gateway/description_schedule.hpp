#pragma once

#include "hiratake/base/deadline.hpp"

namespace hiratake::gateway {

/// When a service is asked for its description. A machine: it is told what happens, and when.
///
/// A question waits in the service's queue while the service is away, and is answered when it comes: so there is one at
/// a time, and it is given up late.
class DescriptionSchedule {
  public:
    /// Between two questions, whatever happens.
    static constexpr Duration least_pause = std::chrono::seconds{1};
    static constexpr Duration longest_wait_for_answer = std::chrono::minutes{5};

    /// @param refresh how long an answer is trusted
    explicit DescriptionSchedule(Duration refresh) : refresh_(refresh) {}

    bool is_asking() const { return is_asking_; }
    /// The next moment to look at: for a question, or to give up the one that has been asked.
    Deadline next() const { return Deadline{next_}; }
    bool is_due(TimePoint now) const { return next().passed(now); }

    void asked(TimePoint now);
    void answered(TimePoint now);
    /// No answer, or none that makes sense: the pause grows with each failure in a row, up to the refresh.
    void failed(TimePoint now);
    /// What is known may be out of date: a question is due as soon as the pause allows.
    void doubt(TimePoint now);

  private:
    Duration refresh_;
    bool is_asking_ = false;
    int failures_ = 0;
    TimePoint asked_at_{};
    /// At first: at once.
    TimePoint next_{};
};

}  // namespace hiratake::gateway
