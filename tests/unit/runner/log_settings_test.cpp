#include "runner/log_settings.hpp"

#include <gtest/gtest.h>

#include "hiratake/base/error.hpp"
#include "runner/config_file.hpp"
#include "runner/log_lines.hpp"

namespace hiratake::runner {
namespace {

LogSettings settings_of(std::string_view yaml) {
    return read_log_settings(parse_config(yaml, "test", [](const std::string&) { return std::nullopt; }));
}

TEST(LogSettings, are_plain_lines_from_info_on_unless_told_otherwise) {
    const auto settings = settings_of("");
    EXPECT_EQ(settings.format, LogSettings::Format::plain);
    EXPECT_EQ(settings.levels.of("http"), LogLevel::info);
}

TEST(LogSettings, have_a_level_for_each_logger_and_those_below_it) {
    const auto levels = settings_of("log: {level: WARNING, loggers: {hiratake: debug, hiratake.client: error}}").levels;
    EXPECT_EQ(levels.of("http"), LogLevel::warning);
    EXPECT_EQ(levels.of("hiratake"), LogLevel::debug);
    EXPECT_EQ(levels.of("hiratake.net"), LogLevel::debug);
    EXPECT_EQ(levels.of("hiratake.client"), LogLevel::error);
    EXPECT_EQ(levels.of("hiratakes"), LogLevel::warning);
    EXPECT_EQ(levels.lowest(), LogLevel::debug);
}

TEST(LogSettings, refuse_levels_and_formats_that_there_are_not) {
    EXPECT_THROW(settings_of("log: {level: loud}"), ConfigurationError);
    EXPECT_THROW(settings_of("log: {level: 3}"), ConfigurationError);
    EXPECT_THROW(settings_of("log: {loggers: [http]}"), ConfigurationError);
    EXPECT_THROW(settings_of("log: {loggers: {http: loud}}"), ConfigurationError);
    EXPECT_THROW(settings_of("log: {format: xml}"), ConfigurationError);
}

constexpr WallTime moment{std::chrono::milliseconds{1'764'119'460'007}};

TEST(LogLines, are_one_line_each_whatever_the_message) {
    EXPECT_EQ(text_line({LogLevel::warning, "http", "first\nsecond", "shop.order.1"}, moment),
              "2025-11-26T01:11:00.007Z WARNING http [shop.order.1] first\\x0asecond");
    EXPECT_EQ(text_line({LogLevel::info, "shop", "done", {}}, moment), "2025-11-26T01:11:00.007Z INFO shop done");
}

TEST(LogLines, are_json_whatever_the_bytes) {
    EXPECT_EQ(json_line({LogLevel::error, "http", "a \"b\"\n", "shop.order.1"}, moment),
              R"({"time":"2025-11-26T01:11:00.007Z","level":"error","logger":"http","message":"a \"b\"\n",)"
              R"("call_id":"shop.order.1"})");
    EXPECT_EQ(json_line({LogLevel::info, "http", "\xff", {}}, moment),
              R"({"time":"2025-11-26T01:11:00.007Z","level":"info","logger":"http","message":"\\xff"})");
}

}  // namespace
}  // namespace hiratake::runner
