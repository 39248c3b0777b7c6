#pragma once

#include <cstdio>
#include <cstdlib>

namespace hiratake::fuzz {

/// Ends the program when what should always hold does not: that is a finding.
inline void require(bool holds, const char* what) {
    if (holds) return;
    std::fprintf(stderr, "does not hold: %s\n", what);
    std::abort();
}

}  // namespace hiratake::fuzz
