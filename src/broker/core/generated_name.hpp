#pragma once

#include <string>
#include <string_view>

#include "hiratake/base/random.hpp"

namespace hiratake::broker::core {

/// The prefix and 22 random characters that are safe in URLs: "amq.gen-mdoLyvUXHZvzCULHXGU7fg".
std::string generated_name(std::string_view prefix, Random& random);

}  // namespace hiratake::broker::core
