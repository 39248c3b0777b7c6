#pragma once

#include <cstdint>
#include <string>

#include "hiratake/base/deadline.hpp"
#include "hiratake/client/core/publish_result.hpp"

namespace hiratake::messaging {

/// Moves one message to another queue, so that it is always in one of the two: it is acknowledged only when the broker
/// has confirmed its copy. Says what to do next, and is told what came of it; does nothing itself.
class MessageTransfer {
  public:
    enum class Action {
        publish,      ///< Publish the copy, and tell published().
        wait,         ///< Wait until wait_until(), and tell waited(); or stopped(), should the service stop meanwhile.
        acknowledge,  ///< The copy is safe: acknowledge the original. The end.
        give_back,    ///< The copy may or may not be safe: have the original put back into its queue. The end.
    };

    Action next() const { return action_; }
    Deadline wait_until() const { return wait_until_; }

    void published(const client::PublishResult& result, TimePoint now);
    void waited() { action_ = Action::publish; }
    void stopped() { action_ = Action::give_back; }

    /// How often a copy is published before the original is given back, and the wait between, which doubles.
    static constexpr std::uint32_t most_publishes = 5;
    static constexpr Duration first_wait = std::chrono::seconds{1};

  private:
    Action action_ = Action::publish;
    Deadline wait_until_;
    std::uint32_t publishes_ = 0;
};

}  // namespace hiratake::messaging
