#pragma once

#include <memory>
#include <string>

#include "connection.hpp"

struct pg_conn;

namespace database {

class PostgresConnection final : public Connection {
  public:
    explicit PostgresConnection(const std::string& uri);

    hiratake::Array run(const std::string& statement, const hiratake::Array& parameters) override;
    void begin(hiratake::Duration at_most) override;
    bool is_usable() const override;

  private:
    struct Finish {
        void operator()(pg_conn* connection) const;
    };

    std::unique_ptr<pg_conn, Finish> connection_;
};

}  // namespace database
