#pragma once

namespace hiratake {

inline constexpr const char* version = "0.1.0";

}  // namespace hiratake
