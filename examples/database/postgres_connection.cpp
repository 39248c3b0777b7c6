#include "postgres_connection.hpp"

#include <libpq-fe.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
#include <hiratake/base/masked_uri.hpp>
#include <hiratake/payload/json.hpp>
#include <optional>
#include <string_view>
#include <vector>

namespace database {
namespace {

struct Clear {
    void operator()(PGresult* result) const { PQclear(result); }
};
using Result = std::unique_ptr<PGresult, Clear>;

std::string without_line_end(std::string text) {
    while (text.ends_with('\n')) text.pop_back();
    return text;
}

/// As the server reads it; none for NULL.
std::optional<std::string> to_text(const hiratake::Value& value) {
    if (value.is_null()) return std::nullopt;
    if (const auto* text = value.get_if<std::string>()) return *text;
    return hiratake::write_json(value);
}

template <class Number>
Number to_number(std::string_view text) {
    Number number{};
    std::from_chars(text.data(), text.data() + text.size(), number);
    return number;
}

// The types by their object ids, as the catalog pg_type lists them; all others stay texts.
hiratake::Value from_text(Oid type, std::string_view text) {
    switch (type) {
        case 16: return text == "t";
        case 20:
        case 21:
        case 23: return to_number<std::int64_t>(text);
        case 700:
        case 701: return to_number<double>(text);
        case 114:
        case 3802: return hiratake::parse_json(text);
        default: return std::string{text};
    }
}

}  // namespace

void PostgresConnection::Finish::operator()(pg_conn* connection) const {
    PQfinish(connection);
}

PostgresConnection::PostgresConnection(const std::string& uri) {
    // What the URI says itself comes later, and counts.
    const std::array<const char*, 4> names{"connect_timeout", "client_encoding", "dbname", nullptr};
    const std::array<const char*, 4> values{"10", "UTF8", uri.c_str(), nullptr};
    connection_.reset(PQconnectdbParams(names.data(), values.data(), 1));
    if (is_usable()) return;
    throw DatabaseError("cannot connect to " + hiratake::masked_uri(uri) + ": " +
                        without_line_end(PQerrorMessage(connection_.get())));
}

bool PostgresConnection::is_usable() const {
    return PQstatus(connection_.get()) == CONNECTION_OK;
}

void PostgresConnection::begin(hiratake::Duration at_most) {
    run("BEGIN", {});
    // To PostgreSQL, 0 is no limit at all.
    const auto limit = std::chrono::ceil<std::chrono::milliseconds>(
        std::clamp<hiratake::Duration>(at_most, std::chrono::milliseconds{1}, std::chrono::hours{24}));
    run("SELECT set_config('statement_timeout', $1, true)", {std::to_string(limit.count())});
}

hiratake::Array PostgresConnection::run(const std::string& statement, const hiratake::Array& parameters) {
    std::vector<std::optional<std::string>> texts;
    std::vector<const char*> values;
    texts.reserve(parameters.size());
    for (const hiratake::Value& parameter : parameters) {
        const auto& text = texts.emplace_back(to_text(parameter));
        values.push_back(text ? text->c_str() : nullptr);
    }
    const Result result{PQexecParams(connection_.get(), statement.c_str(), static_cast<int>(values.size()), nullptr,
                                     values.data(), nullptr, nullptr, 0)};
    const auto status = PQresultStatus(result.get());
    if (status != PGRES_TUPLES_OK && status != PGRES_COMMAND_OK) {
        throw DatabaseError("PostgreSQL: " + without_line_end(PQerrorMessage(connection_.get())));
    }
    hiratake::Array rows;
    for (int i = 0; i < PQntuples(result.get()); ++i) {
        hiratake::Object row;
        for (int j = 0; j < PQnfields(result.get()); ++j) {
            const std::string_view text{PQgetvalue(result.get(), i, j),
                                        static_cast<std::size_t>(PQgetlength(result.get(), i, j))};
            row.set(PQfname(result.get(), j), PQgetisnull(result.get(), i, j) != 0
                                                  ? hiratake::Value{nullptr}
                                                  : from_text(PQftype(result.get(), j), text));
        }
        rows.emplace_back(std::move(row));
    }
    return rows;
}

}  // namespace database
