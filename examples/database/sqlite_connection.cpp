#include "sqlite_connection.hpp"

#include <sqlite3.h>

#include <algorithm>
#include <chrono>
#include <hiratake/payload/json.hpp>
#include <string_view>

namespace database {
namespace {

struct Finalize {
    void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
};
using Statement = std::unique_ptr<sqlite3_stmt, Finalize>;

int bind_text(sqlite3_stmt* statement, int index, std::string_view text) {
    return sqlite3_bind_text64(statement, index, text.data(), text.size(), SQLITE_TRANSIENT, SQLITE_UTF8);
}

int bind(sqlite3_stmt* statement, int index, const hiratake::Value& value) {
    if (value.is_null()) return sqlite3_bind_null(statement, index);
    if (const bool* boolean = value.get_if<bool>()) return sqlite3_bind_int(statement, index, *boolean ? 1 : 0);
    if (const auto* integer = value.get_if<std::int64_t>()) return sqlite3_bind_int64(statement, index, *integer);
    if (const double* number = value.get_if<double>()) return sqlite3_bind_double(statement, index, *number);
    if (const auto* text = value.get_if<std::string>()) return bind_text(statement, index, *text);
    return bind_text(statement, index, hiratake::write_json(value));
}

hiratake::Value column(sqlite3_stmt* statement, int index) {
    switch (sqlite3_column_type(statement, index)) {
        case SQLITE_NULL: return nullptr;
        case SQLITE_INTEGER: return static_cast<std::int64_t>(sqlite3_column_int64(statement, index));
        case SQLITE_FLOAT: return sqlite3_column_double(statement, index);
        default: break;
    }
    const auto* bytes = static_cast<const char*>(sqlite3_column_blob(statement, index));
    return std::string{bytes ? bytes : "", static_cast<std::size_t>(sqlite3_column_bytes(statement, index))};
}

}  // namespace

void SqliteConnection::Close::operator()(sqlite3* database) const {
    sqlite3_close_v2(database);
}

SqliteConnection::SqliteConnection(const std::string& path) {
    sqlite3* opened = nullptr;
    const int code = sqlite3_open_v2(path.c_str(), &opened,
                                     SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX, nullptr);
    database_.reset(opened);
    if (code != SQLITE_OK) throw DatabaseError("cannot open " + path + ": " + sqlite3_errstr(code));
    // Readers and the one writer do not wait for each other.
    run("PRAGMA journal_mode = WAL", {});
}

void SqliteConnection::begin(hiratake::Duration at_most) {
    const auto limit = std::min<hiratake::Duration>(at_most, std::chrono::seconds{10});
    sqlite3_busy_timeout(database_.get(),
                         static_cast<int>(std::chrono::duration_cast<std::chrono::milliseconds>(limit).count()));
    // With the right to write, for which it waits here alone and not in the middle.
    run("BEGIN IMMEDIATE", {});
}

hiratake::Array SqliteConnection::run(const std::string& text, const hiratake::Array& parameters) {
    sqlite3_stmt* prepared = nullptr;
    if (sqlite3_prepare_v2(database_.get(), text.c_str(), -1, &prepared, nullptr) != SQLITE_OK) fail();
    const Statement statement{prepared};
    for (std::size_t i = 0; i < parameters.size(); ++i) {
        const int index = sqlite3_bind_parameter_index(prepared, ("$" + std::to_string(i + 1)).c_str());
        if (bind(prepared, index, parameters[i]) != SQLITE_OK) fail();
    }
    hiratake::Array rows;
    int code = sqlite3_step(prepared);
    for (; code == SQLITE_ROW; code = sqlite3_step(prepared)) {
        hiratake::Object row;
        for (int i = 0; i < sqlite3_column_count(prepared); ++i) {
            row.set(sqlite3_column_name(prepared, i), column(prepared, i));
        }
        rows.emplace_back(std::move(row));
    }
    if (code != SQLITE_DONE) fail();
    return rows;
}

void SqliteConnection::fail() const {
    throw DatabaseError(std::string{"SQLite: "} + sqlite3_errmsg(database_.get()));
}

}  // namespace database
