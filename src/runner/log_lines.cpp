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

// With the bytes that must not stand there as \xNN.
std::string escaped(std::string_view text, bool (*may_stand)(unsigned char byte)) {
    std::string result;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (may_stand(byte)) {
            result += c;
        } else {
            result += fmt::format("\\x{:02x}", byte);
        }
    }
    return result;
}

// A message with a line break in it must not look like two.
std::string on_one_line(std::string_view text) {
    return escaped(text, [](unsigned char byte) { return byte >= 0x20 || byte == '\t'; });
}

// What is no UTF-8 has no JSON form.
std::string in_ascii(std::string_view text) {
    return escaped(text, [](unsigned char byte) { return byte < 0x80; });
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
