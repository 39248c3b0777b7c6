#include "transaction.hpp"

#include <utility>

namespace database {

Transaction::~Transaction() {
    try {
        roll_back();
    } catch (const DatabaseError&) {
        // The connection is gone, and the transaction with it.
    }
}

hiratake::Array Transaction::run(const std::string& statement, const hiratake::Array& parameters) {
    if (!connection_) connection_ = pool_.begin(deadline_);
    return connection_->run(statement, parameters);
}

void Transaction::end(const char* statement) {
    if (!connection_) return;
    auto connection = std::move(connection_);
    try {
        connection->run(statement, {});
    } catch (...) {
        // It is not known in what state it is.
        connection.reset();
        pool_.give_back(nullptr);
        throw;
    }
    pool_.give_back(std::move(connection));
}

}  // namespace database
