#pragma once

#include <chrono>
#include <string>

namespace date {
class time_zone;
}

namespace hiratake::timer {

/// The offsets from UTC that were, are and will be used in one place, by the system's tz database.
class TimeZone {
  public:
    /// A time during which the offset stays the same.
    struct Period {
        std::chrono::sys_seconds begin;
        std::chrono::sys_seconds end;
        std::chrono::seconds offset;
    };

    /// @param name of the IANA's database: "Europe/Berlin". UTC is known without one.
    /// Throws ConfigurationError for a zone that is unknown here.
    explicit TimeZone(const std::string& name);

    Period period_at(std::chrono::sys_seconds moment) const;

  private:
    // Of the database, which lives as long as the process; none for UTC.
    const date::time_zone* zone_ = nullptr;
};

}  // namespace hiratake::timer
