#pragma once

#include <string>

namespace hiratake::test {

/// Runs tests/support/rabbitmq.sh and returns the first line that it prints. Throws std::runtime_error when it fails.
/// @param words the command and its arguments
/// @param environment variables in front of it: "RABBITMQ_TEST_PORT=20000 "
std::string run_rabbitmq_script(const std::string& words, const std::string& environment = {});

}  // namespace hiratake::test
