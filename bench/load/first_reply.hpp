#pragma once

#include <functional>
#include <string>
#include <vector>

namespace bench {

/// Starts a service, and calls it until it answers; then ends it.
/// @param command the program and its arguments
/// @param is_answered makes one attempt, which may wait for some milliseconds
/// @return how long that took, as one line of JSON
/// @throws std::runtime_error when the program cannot be started, ends, or has not answered within 60 s
std::string first_reply(const std::vector<std::string>& command, const std::function<bool()>& is_answered);

}  // namespace bench
