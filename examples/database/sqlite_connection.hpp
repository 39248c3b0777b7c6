#pragma once

#include <memory>
#include <string>

#include "connection.hpp"

struct sqlite3;

namespace database {

class SqliteConnection final : public Connection {
  public:
    /// Opens the file, or makes it.
    explicit SqliteConnection(const std::string& path);

    hiratake::Array run(const std::string& statement, const hiratake::Array& parameters) override;
    void begin(hiratake::Duration at_most) override;
    bool is_usable() const override { return true; }

  private:
    struct Close {
        void operator()(sqlite3* database) const;
    };

    [[noreturn]] void fail() const;

    std::unique_ptr<sqlite3, Close> database_;
};

}  // namespace database
