#include "wire/deadline_header.hpp"

#include <chrono>
#include <limits>

namespace hiratake::wire {
namespace {

using std::chrono::milliseconds;

// What the clock of C++ holds.
constexpr std::int64_t latest_ms = std::chrono::floor<milliseconds>(Duration::max()).count();

}  // namespace

void write_deadline(amqp::TableWriter& headers, WallTime deadline) {
    headers.append(deadline_header,
                   static_cast<std::int64_t>(std::chrono::floor<milliseconds>(deadline).time_since_epoch().count()));
}

std::optional<WallTime> read_deadline(amqp::TableView headers) {
    const auto value = headers.find(deadline_header);
    const auto deadline_ms = value ? value->as_integer() : std::nullopt;
    if (!deadline_ms || *deadline_ms < 0 || *deadline_ms > latest_ms) return std::nullopt;
    return WallTime{milliseconds{*deadline_ms}};
}

}  // namespace hiratake::wire
