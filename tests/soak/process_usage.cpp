#include "soak/process_usage.hpp"

#include <fmt/core.h>

#include <filesystem>
#include <fstream>
#include <iterator>

namespace hiratake::test {

ProcessUsage ProcessUsage::now() {
    ProcessUsage usage;
    std::ifstream status{"/proc/self/status"};
    for (std::string key; status >> key;) {
        if (key == "VmRSS:") status >> usage.resident_kib;
        if (key == "Threads:") status >> usage.threads;
    }
    const auto descriptors = std::filesystem::directory_iterator{"/proc/self/fd"};
    usage.descriptors = static_cast<std::size_t>(std::distance(begin(descriptors), end(descriptors)));
    return usage;
}

std::string ProcessUsage::text() const {
    return fmt::format("{:.1f} MiB resident, {} descriptors, {} threads", static_cast<double>(resident_kib) / 1024,
                       descriptors, threads);
}

}  // namespace hiratake::test
