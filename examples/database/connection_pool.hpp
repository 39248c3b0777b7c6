#pragma once

#include <condition_variable>
#include <cstddef>
#include <hiratake/base/clock.hpp>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "connection.hpp"

namespace database {

/// At most so many connections to one database, which stay open for the next worker. Safe from any thread.
class ConnectionPool {
  public:
    /// @param clock must outlive the pool
    ConnectionPool(std::string uri, std::size_t max_connections, const hiratake::Clock& clock)
        : uri_(std::move(uri)), max_connections_(max_connections), clock_(clock) {}

    /// A connection with a transaction begun. Waits for one to be given back where all are in use.
    /// @throws DatabaseError when none is until the deadline, at most for 10 s, or the database cannot be reached
    std::unique_ptr<Connection> begin(hiratake::Deadline deadline);
    void give_back(std::unique_ptr<Connection> connection);
    /// Closes those that are not in use.
    void close();

  private:
    std::unique_ptr<Connection> take(hiratake::Deadline deadline);

    const std::string uri_;
    const std::size_t max_connections_;
    const hiratake::Clock& clock_;
    std::mutex mutex_;
    std::condition_variable given_back_;
    std::vector<std::unique_ptr<Connection>> idle_;
    std::size_t busy_ = 0;
};

}  // namespace database
