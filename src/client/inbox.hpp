#pragma once

#include <cstddef>
#include <mutex>
#include <vector>

#include "client/core/delivery_key.hpp"
#include "client/core/pending_publish.hpp"
#include "hiratake/base/deadline.hpp"
#include "hiratake/base/unique_function.hpp"
#include "net/parker.hpp"

namespace hiratake::client {

/// What Inbox::publish() came to.
enum class Admission {
    admitted,  ///< On its way.
    full,      ///< Too much is outstanding, and nobody could or would wait longer.
    closed,    ///< The connection has been closed.
};

/// How much may be outstanding: staged, waiting, or on the wire without an answer.
struct PublishLimits {
    std::size_t publishes = 0;
    std::size_t bytes = 0;
};

struct StagedSettlement {
    core::DeliveryKey key;
    core::Settlement settlement = core::Settlement::ack;
};

/// What was staged since the I/O thread looked last.
struct StagedWork {
    std::vector<UniqueFunction<void()>> commands;
    std::vector<core::PendingPublishPointer> publishes;
    std::vector<StagedSettlement> settlements;

    bool empty() const { return commands.empty() && publishes.empty() && settlements.empty(); }
    void clear() {
        commands.clear();
        publishes.clear();
        settlements.clear();
    }
};

/// Where other threads leave work for the I/O thread: one short lock for each, and one wake-up for everything that
/// comes before the I/O thread has looked. Bounded: publishes by the limits, settlements by the prefetch of the
/// consumers. Safe from any thread.
class Inbox {
  public:
    /// `wake` makes the I/O thread call take(); it is called under the lock, and never after close().
    Inbox(PublishLimits limits, UniqueFunction<void()> wake) : limits_(limits), wake_(std::move(wake)) {}

    /// Waits for room up to the deadline of the publish if `may_wait`. Takes the publish only when it is admitted.
    Admission publish(core::PendingPublishPointer& publish, bool may_wait);
    void settle(const core::DeliveryKey& key, core::Settlement settlement);
    /// Returns false when closed.
    bool command(UniqueFunction<void()> command);

    /// For the I/O thread: it will call take() by itself, so nothing needs to wake it.
    void expect_take();
    /// Exchanges what was staged for `work`, which should be empty, and whose room is used again.
    void take(StagedWork& work);
    /// Publishes that have been answered make room for others.
    void release(std::size_t publishes, std::size_t bytes);
    /// Nothing is taken any more; those who wait for room hear so.
    void close();
    bool is_closed() const;
    std::size_t outstanding_publishes() const;

  private:
    bool has_room(std::size_t size) const;
    void wake_once();

    mutable std::mutex mutex_;
    const PublishLimits limits_;
    UniqueFunction<void()> wake_;
    bool is_closed_ = false;
    bool is_awake_ = false;
    StagedWork staged_;
    std::size_t outstanding_publishes_ = 0;
    std::size_t outstanding_bytes_ = 0;
    /// Of those who wait for room; each takes itself out again.
    std::vector<net::Parker*> waiting_;
};

}  // namespace hiratake::client
