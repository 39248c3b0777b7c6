#include "hiratake/base/log.hpp"

#include <gtest/gtest.h>

#include <vector>

namespace hiratake {
namespace {

TEST(Logger, formats_only_what_passes_the_threshold) {
    std::vector<std::string> lines;
    const Log log{LogLevel::warning, [&](const LogRecord& record) {
                      lines.push_back(std::string{record.logger_name} + "|" + std::string{record.message});
                  }};
    const Logger logger{log, "client"};
    logger.info("connected to {}", "localhost");
    logger.warning("lost after {} ms", 12);
    EXPECT_EQ(lines, std::vector<std::string>{"client|lost after 12 ms"});
}

TEST(Logger, follows_the_levels_as_they_change_each_logger_by_its_name) {
    std::vector<std::string> lines;
    Log log{LogLevel::error, [&](const LogRecord& record) { lines.emplace_back(record.message); }};
    const Logger http{log, "http"};
    const Logger client{log, "client"};
    http.debug("before");
    LogLevels levels;
    levels.loggers = {{"http", LogLevel::debug}};
    log.set_levels(levels);
    http.debug("http");
    client.debug("client");
    client.info("client's info");
    EXPECT_EQ(lines, (std::vector<std::string>{"http", "client's info"}));
}

TEST(Logger, names_the_call_that_a_line_tells_of) {
    std::vector<std::string> call_ids;
    const Log log{LogLevel::info, [&](const LogRecord& record) { call_ids.emplace_back(record.call_id); }};
    const Logger logger{log, "shop"};
    logger.for_call("shop.order.1").info("sold");
    logger.info("open");
    EXPECT_EQ(call_ids, (std::vector<std::string>{"shop.order.1", ""}));
}

}  // namespace
}  // namespace hiratake
