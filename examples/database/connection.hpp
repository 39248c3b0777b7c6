#pragma once

#include <hiratake/base/deadline.hpp>
#include <hiratake/base/error.hpp>
#include <hiratake/payload/value.hpp>
#include <memory>
#include <string>

namespace database {

/// A statement that the database refused, or a database that could not be reached. what() has the database's own words.
class DatabaseError : public hiratake::Error {
  public:
    using Error::Error;
};

/// A connection to a database. For one thread at a time.
class Connection {
  public:
    virtual ~Connection() = default;

    /// Runs one statement.
    /// @param parameters stand for $1, $2, … in it
    /// @return a map for each row, with the columns by their names
    /// @throws DatabaseError
    virtual hiratake::Array run(const std::string& statement, const hiratake::Array& parameters) = 0;
    /// Begins a transaction, whose statements should not last longer than this.
    virtual void begin(hiratake::Duration at_most) = 0;
    /// Whether it may be used again after an error.
    virtual bool is_usable() const = 0;

    /// Connects.
    /// @param uri postgresql://user:password@host/database, or sqlite:file.db
    /// @throws DatabaseError, hiratake::ConfigurationError for another URI
    static std::unique_ptr<Connection> open(const std::string& uri);
};

}  // namespace database
