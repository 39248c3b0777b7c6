#pragma once

#include <string>

#include "hiratake/payload/value.hpp"

namespace hiratake::shell {

/// The value as JSON for people: characters beyond ASCII as they are.
std::string to_text(const Value& value);

}  // namespace hiratake::shell
