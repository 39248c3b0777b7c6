#pragma once

#include <hiratake/base/deadline.hpp>
#include <memory>

#include "connection_pool.hpp"

namespace database {

/// What one worker does to the database: a transaction on one connection, begun with its first statement. On the
/// worker's thread.
class Transaction {
  public:
    /// @param pool must outlive the transaction
    Transaction(ConnectionPool& pool, hiratake::Deadline deadline) : pool_(pool), deadline_(deadline) {}
    /// Takes back what was not committed.
    ~Transaction();
    Transaction(const Transaction&) = delete;
    Transaction& operator=(const Transaction&) = delete;

    hiratake::Array run(const std::string& statement, const hiratake::Array& parameters);
    /// The next statement begins another transaction.
    void commit() { end("COMMIT"); }
    void roll_back() { end("ROLLBACK"); }

  private:
    void end(const char* statement);

    ConnectionPool& pool_;
    const hiratake::Deadline deadline_;
    std::unique_ptr<Connection> connection_;
};

}  // namespace database
