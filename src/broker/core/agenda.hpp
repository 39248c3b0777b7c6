#pragma once

#include <boost/smart_ptr/intrusive_ptr.hpp>
#include <deque>
#include <vector>

#include "broker/core/dead_letter.hpp"

namespace hiratake::broker::core {

class Queue;

/// What one step leaves to be done once it is over: queues that may deliver, dead letters that must be sent. Doing it
/// afterwards keeps replies before the deliveries that they cause, and queues from changing under a loop over them.
class Agenda {
  public:
    Agenda();
    ~Agenda();

    /// Each queue is held once, however often it is added.
    void add(Queue& queue);
    void add(DeadLetter letter);
    /// Works until nothing is left. Ends because consumers run out of credit or their clients out of buffer, and
    /// because a dead letter that goes round by itself is dropped.
    void settle();
    bool is_settled() const { return queues_.empty() && letters_.empty(); }

  private:
    std::deque<boost::intrusive_ptr<Queue>> queues_;
    std::deque<DeadLetter> letters_;
    bool settling_ = false;
};

}  // namespace hiratake::broker::core
