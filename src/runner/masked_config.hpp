#pragma once

#include "hiratake/service/config.hpp"

namespace hiratake::runner {

/// The configuration as people may see it: `**` in place of each value below a key such as `password`, `secret` or
/// `token`, and of the passwords of URIs.
Config masked_config(const Config& config);

}  // namespace hiratake::runner
