#include "connection_pool.hpp"

#include <chrono>
#include <utility>

namespace database {

std::unique_ptr<Connection> ConnectionPool::begin(hiratake::Deadline deadline) {
    for (;;) {
        std::unique_ptr<Connection> connection = take(deadline);
        const bool was_idle = connection != nullptr;
        try {
            if (!was_idle) connection = Connection::open(uri_);
            connection->begin(deadline.left(clock_.now()));
            return connection;
        } catch (...) {
            const bool is_broken = !connection || !connection->is_usable();
            give_back(std::move(connection));
            // The server may have closed it while nobody looked.
            if (!(was_idle && is_broken)) throw;
        }
    }
}

/// Null for one that has to be opened.
std::unique_ptr<Connection> ConnectionPool::take(hiratake::Deadline deadline) {
    const auto longest = hiratake::Deadline::after(hiratake::SystemClock{}.now(), std::chrono::seconds{10});
    std::unique_lock lock{mutex_};
    if (!given_back_.wait_until(lock, deadline.earlier(longest).at(), [this] { return busy_ < max_connections_; })) {
        throw DatabaseError("all " + std::to_string(max_connections_) +
                            " connections to the database are in use: database.max_connections may be raised");
    }
    ++busy_;
    if (idle_.empty()) return nullptr;
    auto connection = std::move(idle_.back());
    idle_.pop_back();
    return connection;
}

void ConnectionPool::give_back(std::unique_ptr<Connection> connection) {
    {
        const std::lock_guard lock{mutex_};
        --busy_;
        if (connection && connection->is_usable()) idle_.push_back(std::move(connection));
    }
    given_back_.notify_one();
}

void ConnectionPool::close() {
    const std::lock_guard lock{mutex_};
    idle_.clear();
}

}  // namespace database
