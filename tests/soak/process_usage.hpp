#pragma once

#include <cstddef>
#include <string>

namespace hiratake::test {

/// What this process takes of the machine.
struct ProcessUsage {
    std::size_t resident_kib = 0;
    std::size_t descriptors = 0;
    std::size_t threads = 0;

    static ProcessUsage now();
    std::string text() const;
};

}  // namespace hiratake::test
