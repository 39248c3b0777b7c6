#pragma once

#include <chrono>

#include "hiratake/payload/converter.hpp"
#include "hiratake/payload/readers.hpp"
#include "hiratake/payload/schema_builder.hpp"

namespace hiratake {

namespace payload {

using WallNanoseconds = std::chrono::sys_time<std::chrono::nanoseconds>;

/// "2024-05-01T12:30:00Z", with microseconds when there are any, as kombu writes Python's aware datetime.
std::string to_iso_text(WallNanoseconds moment);
/// Takes any offset, a space instead of the T, up to nine digits of fraction; without an offset, or without a time at
/// all, UTC is meant. Also kombu's wrapped datetime and date.
WallNanoseconds read_moment(Value&& value, const ValuePath& path);
std::string to_iso_text(std::chrono::year_month_day date);
/// "2024-05-01", or a moment at midnight, which is how kombu before 5.3 writes a date.
std::chrono::year_month_day read_date(Value&& value, const ValuePath& path);
/// Seconds as a number, a fraction allowed.
std::chrono::nanoseconds read_seconds(const Value& value, const ValuePath& path);
/// An integer when whole.
Value to_seconds(std::chrono::nanoseconds duration);

}  // namespace payload

/// A moment of the calendar, as an ISO 8601 text in UTC. Finer parts than Duration has are cut off.
template <class Duration>
struct Converter<std::chrono::time_point<std::chrono::system_clock, Duration>> {
    using Moment = std::chrono::time_point<std::chrono::system_clock, Duration>;
    static Value to_value(Moment moment) {
        return payload::to_iso_text(std::chrono::time_point_cast<std::chrono::nanoseconds>(moment));
    }
    static Moment from_value(Value&& value, const ValuePath& path) {
        return std::chrono::floor<Duration>(payload::read_moment(std::move(value), path));
    }
    static Value schema(SchemaBuilder&) { return Object{{"type", "string"}, {"format", "date-time"}}; }
};

template <>
struct Converter<std::chrono::year_month_day> {
    static Value to_value(std::chrono::year_month_day date) { return payload::to_iso_text(date); }
    static std::chrono::year_month_day from_value(Value&& value, const ValuePath& path) {
        return payload::read_date(std::move(value), path);
    }
    static Value schema(SchemaBuilder&) { return Object{{"type", "string"}, {"format", "date"}}; }
};

/// A number of seconds, whatever the unit: Python's timedelta.total_seconds(). Finer parts than the unit has are cut
/// off.
template <class Rep, class Period>
struct Converter<std::chrono::duration<Rep, Period>> {
    using Duration = std::chrono::duration<Rep, Period>;
    static Value to_value(Duration duration) {
        return payload::to_seconds(std::chrono::duration_cast<std::chrono::nanoseconds>(duration));
    }
    static Duration from_value(const Value& value, const ValuePath& path) {
        return std::chrono::duration_cast<Duration>(payload::read_seconds(value, path));
    }
    static Value schema(SchemaBuilder&) { return Object{{"type", "number"}, {"description", "seconds"}}; }
};

}  // namespace hiratake
