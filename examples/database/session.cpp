#include "session.hpp"

#include "session_provider.hpp"

namespace database {

hiratake::Array Session::run(const std::string& statement, const hiratake::Array& parameters) const {
    if (!transaction_) throw DatabaseError("used by a Session that no container has provided");
    return transaction_->run(statement, parameters);
}

void Session::commit() const {
    if (transaction_) transaction_->commit();
}

std::unique_ptr<hiratake::DependencyProvider> Session::make_provider() const {
    return std::make_unique<SessionProvider>();
}

}  // namespace database
