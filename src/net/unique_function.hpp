#pragma once

#include "hiratake/base/unique_function.hpp"

namespace hiratake::net {

using hiratake::UniqueFunction;

}  // namespace hiratake::net
