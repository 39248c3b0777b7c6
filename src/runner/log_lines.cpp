#include "runner/log_lines.hpp"

#include <fmt/chrono.h>
#include <fmt/core.h>

#include <string_view>

#include "hiratake/payload/json.hpp"

namespace hiratake::runner {
namespace {

// RFC 3339.
std::string time_text(WallTime time) {
    const auto milliseconds = std::chrono::floor<std::chrono::milliseconds>(time);
    const auto seconds = std::chrono::floor<std::chrono::seconds>(milliseconds);
    return fmt::format("{:%Y-%m-%dT%H:%M:%S}.{:03}Z", fmt::gmtime(std::chrono::system_clock::to_time_t(seconds)),
                       (milliseconds - seconds).count());
}

std::string upper_case(std::string_view name) {
    std::string text;
    for (const char c : name) text += static_cast<char>(c - 'a' + 'A');
    return text;
}

// A message with a line break in it must not look like two.
std::string on_one_line(std::string_view text) {
    std::string line;
    for (const char c : text) {
        if (static_cast<unsigned char>(c) >= 0x20 || c == '\t') {
            line += c;
        } else {
            line += fmt::format("\\x{:02x}", static_cast<unsigned char>(c));
        }
    }
    return line;
}

// What is no UTF-8 has no JSON form: such bytes are shown as text does control characters.
std::string in_ascii(std::string_view text) {
    std::string ascii;
    for (const char c : text) {
        if (static_cast<unsigned char>(c) < 0x80) {
            ascii += c;
        } else {
            ascii += fmt::format("\\x{:02x}", static_cast<unsigned char>(c));
        }
    }
    return ascii;
}

}  // namespace

std::string text_line(const LogRecord& record, WallTime now) {
    std::string call;
    if (!record.call_id.empty()) call = fmt::format(" [{}]", record.call_id);
    return on_one_line(fmt::format("{} {} {}{} {}", time_text(now), upper_case(log_level_name(record.level)),
                                   record.logger_name, call, record.message));
}

std::string json_line(const LogRecord& record, WallTime now) {
    Object line{{"time", time_text(now)},
                {"level", std::string(log_level_name(record.level))},
                {"logger", std::string(record.logger_name)},
                {"message", std::string(record.message)}};
    if (!record.call_id.empty()) line.set("call_id", std::string(record.call_id));
    try {
        return write_json(line, JsonStyle::compact);
    } catch (const JsonError&) {
        for (Member& member : line) member.value = in_ascii(member.value.as_string());
        return write_json(line, JsonStyle::compact);
    }
}

}  // namespace hiratake::runner
