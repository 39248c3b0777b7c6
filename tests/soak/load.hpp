#pragma once

#include <atomic>
#include <cstddef>
#include <deque>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "hiratake/rpc/cluster_client.hpp"
#include "soak/gate.hpp"
#include "soak/ledger.hpp"

namespace hiratake::test {

/// Dispatches events as fast as the broker confirms them, some hundreds at a time.
class EventLoad {
  public:
    EventLoad(ClusterClient& cluster, Ledger& ledger, Gate& gate);
    /// The connection must be gone: what it has not told yet it tells until then.
    ~EventLoad() { end(); }

    /// Waits for its thread, whose gate must have ended.
    void end();
    /// Dispatched, and neither confirmed nor refused yet.
    std::size_t under_way() const { return under_way_; }
    /// Those that the broker has not taken: their dispatcher knows.
    std::size_t refused() const { return refused_; }

  private:
    void run();

    ClusterClient& cluster_;
    Ledger& ledger_;
    Gate& gate_;
    std::atomic<std::size_t> under_way_ = 0;
    std::atomic<std::size_t> refused_ = 0;
    std::thread thread_;
};

/// Calls a method from several threads, with some calls of each under way.
class CallLoad {
  public:
    /// How calls have ended that have not brought their result.
    struct Failures {
        std::atomic<std::size_t> not_sent = 0;
        std::atomic<std::size_t> timed_out = 0;
        /// A wrong result, or an error that should not be.
        std::atomic<std::size_t> wrong = 0;
    };

    CallLoad(ClusterClient& cluster, Ledger& ledger, Gate& gate, Duration timeout);
    ~CallLoad() { end(); }

    /// Waits for its threads, whose gate must have ended, and so for the calls that are under way.
    void end();
    /// Sent, and without an end yet.
    std::size_t under_way() const { return under_way_; }
    const Failures& failures() const { return failures_; }

  private:
    using Call = std::pair<std::size_t, Reply<long>>;

    void run();
    void collect(Call call);

    ClusterClient& cluster_;
    Ledger& ledger_;
    Gate& gate_;
    const Duration timeout_;
    std::atomic<std::size_t> under_way_ = 0;
    Failures failures_;
    std::vector<std::thread> threads_;
};

}  // namespace hiratake::test
