#pragma once

#include "hiratake/base/log.hpp"

namespace hiratake::cli {

/// For a command whose output people read or other programs parse: warnings and worse on standard error, nothing else.
Log client_log();

}  // namespace hiratake::cli
