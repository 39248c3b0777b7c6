#pragma once

#include <cstdint>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "client/core/connection_events.hpp"
#include "client/core/failure.hpp"
#include "hiratake/base/deadline.hpp"
#include "hiratake/base/health_report.hpp"
#include "net/parker.hpp"

namespace hiratake::client {

/// What the I/O thread lets other threads know about the connection, and where they wait for it. Safe from any thread.
class StatusBoard {
  public:
    explicit StatusBoard(std::string broker) : broker_(std::move(broker)) {}

    // For the I/O thread.
    void set_broker(std::string broker);
    void set_ready();
    void set_message_count(const core::DeclaredQueue& queue);
    void set_lost(const core::Failure& failure);
    /// There will be no connection any more: for the failure's reason, or because it was closed.
    void set_ended(std::optional<core::Failure> fatal);

    bool is_ready() const;
    bool is_ended() const;
    std::string broker() const;
    std::optional<std::string> last_failure() const;
    HealthReport health() const;
    std::uint64_t times_ready() const;
    std::optional<std::uint32_t> message_count(const std::string& queue) const;
    /// Throws what Connection::wait_until_ready() promises.
    void wait_until_ready(Deadline deadline);
    /// Returns false when the deadline passed first.
    bool wait_until_ended(Deadline deadline);

  private:
    template <class Condition>
    bool wait(std::unique_lock<std::mutex>& lock, Deadline deadline, Condition condition);
    void wake_all();

    mutable std::mutex mutex_;
    std::string broker_;
    bool is_ready_ = false;
    bool is_ended_ = false;
    std::uint64_t times_ready_ = 0;
    std::map<std::string, std::uint32_t> message_counts_;
    std::optional<core::Failure> last_failure_;
    std::optional<core::Failure> fatal_;
    std::vector<net::Parker*> waiting_;
};

/// The exception for what will not mend by itself.
[[noreturn]] void throw_fatal(const std::string& broker, const core::Failure& failure);

}  // namespace hiratake::client
