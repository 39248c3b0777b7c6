#pragma once

#include <hiratake/payload/convert.hpp>
#include <hiratake/service/dependency_provider.hpp>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace database {

class Transaction;
class SessionProvider;

/// A dependency: a session with the database that `database.uri` of the configuration names.
///
///     database::Session db;
///     auto orders = db.query<Order>("SELECT name, amount FROM orders WHERE amount > $1", 10);
///
/// What a worker does is one transaction: committed when its method returns, taken back when it throws. Used on the
/// worker's thread.
class Session {
  public:
    /// Runs a statement for its effect. Throws DatabaseError.
    template <class... Parameters>
    void execute(const std::string& statement, const Parameters&... parameters) const {
        run(statement, {hiratake::to_value(parameters)...});
    }
    /// Runs a statement for its rows, whose columns are the fields of a Row. Throws DatabaseError, and ConversionError
    /// where they do not fit.
    template <class Row, class... Parameters>
    std::vector<Row> query(const std::string& statement, const Parameters&... parameters) const {
        return hiratake::from_value<std::vector<Row>>(run(statement, {hiratake::to_value(parameters)...}));
    }

    /// Commits what was done so far. Only then does a method know, and its caller, that it stays done: the end of the
    /// worker, which commits by itself, comes after the reply.
    void commit() const;

    std::unique_ptr<hiratake::DependencyProvider> make_provider() const;

  private:
    friend class SessionProvider;
    hiratake::Array run(const std::string& statement, const hiratake::Array& parameters) const;

    Transaction* transaction_ = nullptr;  // the provider's, as long as the worker lives
};

}  // namespace database
