#pragma once

#include "hiratake/service/config.hpp"

namespace hiratake::runner {

/// Throws ConfigurationError for a key that must be a slip, with the key that was meant or those that there are: an
/// unknown one in a section of the framework, and one that nearly is a key of the framework; and for one of Nameko's
/// that would be ignored, with what to write in its place. Whatever else a configuration holds is the services' own.
void check_keys(const Config& config);

}  // namespace hiratake::runner
