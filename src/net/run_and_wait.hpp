#pragma once

#include "hiratake/base/clock.hpp"
#include "net/unique_function.hpp"

namespace hiratake::net {

class EventLoop;

/// Runs the task on the loop's thread and waits for its end: for what may live and die there only. Not on the loop's
/// thread.
/// @param longest how long to wait for a loop that may have ended; the task is then not run, or runs later
/// @return whether it has run
bool run_and_wait(EventLoop& loop, UniqueFunction<void()> task, Duration longest);

}  // namespace hiratake::net
