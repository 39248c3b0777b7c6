#include "hiratake/base/log.hpp"

#include <gtest/gtest.h>

#include <vector>

namespace hiratake {
namespace {

TEST(Logger, formats_only_what_passes_the_threshold) {
    std::vector<std::string> lines;
    const Log log{LogLevel::warning, [&](LogLevel, std::string_view name, std::string_view message) {
                      lines.push_back(std::string{name} + "|" + std::string{message});
                  }};
    const Logger logger{log, "client"};
    logger.info("connected to {}", "localhost");
    logger.warning("lost after {} ms", 12);
    EXPECT_EQ(lines, std::vector<std::string>{"client|lost after 12 ms"});
}

}  // namespace
}  // namespace hiratake
