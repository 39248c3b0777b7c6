#pragma once

#include <optional>
#include <string_view>

#include "amqp/table_view.hpp"
#include "amqp/table_writer.hpp"
#include "hiratake/base/clock.hpp"

/// Until when a caller waits for the reply: a header of Hiratake's own, in ms since 1970-01-01 UTC. It is a moment and
/// no duration, so that the time a request spends in queues counts; that asks for clocks that agree.
namespace hiratake::wire {

inline constexpr std::string_view deadline_header = "hiratake.deadline_ms";

/// In whole milliseconds, and never later than meant: nothing is to run for a caller that has gone.
void write_deadline(amqp::TableWriter& headers, WallTime deadline);
/// None where there is none, or what is there is no moment.
std::optional<WallTime> read_deadline(amqp::TableView headers);

}  // namespace hiratake::wire
