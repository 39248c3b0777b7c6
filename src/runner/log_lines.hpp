#pragma once

#include <string>

#include "hiratake/base/clock.hpp"
#include "hiratake/base/log.hpp"

namespace hiratake::runner {

/// "2026-11-26T02:11:00.123Z WARNING http [shop.order.3f0c…] message": one line, whatever the message has in it.
std::string text_line(const LogRecord& record, WallTime now);

/// The same as an object of JSON: time, level, logger, message and, where there is one, call_id.
std::string json_line(const LogRecord& record, WallTime now);

}  // namespace hiratake::runner
