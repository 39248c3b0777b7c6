#pragma once

#include <string_view>

#include "hiratake/base/log.hpp"
#include "net/unique_function.hpp"

namespace hiratake::net {

/// Calls a task of a pool. What escapes it is logged as critical, and ends nothing but the task.
void call_task(UniqueFunction<void()>& task, const Logger& logger, std::string_view pool_name) noexcept;

}  // namespace hiratake::net
