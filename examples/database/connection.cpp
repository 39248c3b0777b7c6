#include "connection.hpp"

#include <hiratake/base/masked_uri.hpp>

#include "postgres_connection.hpp"
#include "sqlite_connection.hpp"

namespace database {

std::unique_ptr<Connection> Connection::open(const std::string& uri) {
    if (uri.starts_with("postgresql://")) return std::make_unique<PostgresConnection>(uri);
    if (uri.starts_with("sqlite:")) return std::make_unique<SqliteConnection>(uri.substr(7));
    throw hiratake::ConfigurationError("a database is named by postgresql://… or sqlite:FILE, not by '" +
                                       hiratake::masked_uri(uri) + "'");
}

}  // namespace database
