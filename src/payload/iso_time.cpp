#include <charconv>
#include <cmath>
#include <optional>
#include <string>

#include "hiratake/payload/convert_chrono.hpp"

namespace hiratake::payload {
namespace {

using std::chrono::nanoseconds;

/// Takes an ISO 8601 text apart from the left.
class IsoReader {
  public:
    explicit IsoReader(std::string_view text) : rest_(text) {}

    bool at_end() const { return rest_.empty(); }

    bool skip(std::string_view any_of) {
        if (rest_.empty() || any_of.find(rest_.front()) == std::string_view::npos) return false;
        rest_.remove_prefix(1);
        return true;
    }

    /// A number of exactly `digits` digits.
    std::optional<int> number(std::size_t digits) {
        const std::string_view taken = rest_.substr(0, digits);
        if (taken.size() < digits || taken.find_first_not_of("0123456789") != std::string_view::npos)
            return std::nullopt;
        int value = 0;
        std::from_chars(taken.data(), taken.data() + digits, value);
        rest_.remove_prefix(digits);
        return value;
    }

    /// The digits after a decimal point, one to nine of them.
    std::optional<nanoseconds> fraction() {
        long long value = 0;
        int digits = 0;
        while (!rest_.empty() && rest_.front() >= '0' && rest_.front() <= '9') {
            if (++digits > 9) return std::nullopt;
            value = value * 10 + (rest_.front() - '0');
            rest_.remove_prefix(1);
        }
        if (digits == 0) return std::nullopt;
        for (; digits < 9; ++digits) value *= 10;
        return nanoseconds{value};
    }

  private:
    std::string_view rest_;
};

std::optional<std::chrono::year_month_day> read_day(IsoReader& text) {
    const auto year = text.number(4);
    if (!year || !text.skip("-")) return std::nullopt;
    const auto month = text.number(2);
    if (!month || !text.skip("-")) return std::nullopt;
    const auto day = text.number(2);
    if (!day) return std::nullopt;
    const std::chrono::year_month_day date{std::chrono::year{*year}, std::chrono::month{static_cast<unsigned>(*month)},
                                           std::chrono::day{static_cast<unsigned>(*day)}};
    return date.ok() ? std::optional{date} : std::nullopt;
}

// "HH:MM", with ":SS" and a fraction if there are any.
std::optional<nanoseconds> read_time_of_day(IsoReader& text) {
    const auto hours = text.number(2);
    if (!hours || *hours > 23 || !text.skip(":")) return std::nullopt;
    const auto minutes = text.number(2);
    if (!minutes || *minutes > 59) return std::nullopt;
    nanoseconds time = std::chrono::hours{*hours} + std::chrono::minutes{*minutes};
    if (!text.skip(":")) return time;
    const auto seconds = text.number(2);
    if (!seconds || *seconds > 60) return std::nullopt;
    time += std::chrono::seconds{*seconds};
    if (!text.skip(".,")) return time;
    const auto fraction = text.fraction();
    if (!fraction) return std::nullopt;
    return time + *fraction;
}

// "Z", "+02:00", "+0200", "+02" or nothing, which means UTC.
std::optional<std::chrono::minutes> read_offset(IsoReader& text) {
    if (text.at_end() || text.skip("Zz")) return std::chrono::minutes{0};
    const bool west = text.skip("-");
    if (!west && !text.skip("+")) return std::nullopt;
    const auto hours = text.number(2);
    if (!hours || *hours > 23) return std::nullopt;
    text.skip(":");
    const auto minutes = text.at_end() ? std::optional{0} : text.number(2);
    if (!minutes || *minutes > 59) return std::nullopt;
    const std::chrono::minutes offset = std::chrono::hours{*hours} + std::chrono::minutes{*minutes};
    return west ? -offset : offset;
}

std::optional<WallNanoseconds> parse_moment(std::string_view iso_text) {
    IsoReader text(iso_text);
    const auto day = read_day(text);
    // What 64 bits of nanoseconds hold ends in April 2262 and starts in September 1677.
    if (!day || day->year() < std::chrono::year{1678} || day->year() > std::chrono::year{2261}) return std::nullopt;
    const WallNanoseconds midnight = std::chrono::sys_days{*day};
    if (text.at_end()) return midnight;
    if (!text.skip("Tt ")) return std::nullopt;
    const auto time = read_time_of_day(text);
    if (!time) return std::nullopt;
    const auto offset = read_offset(text);
    if (!offset || !text.at_end()) return std::nullopt;
    return midnight + *time - *offset;
}

std::string padded(long long number, std::size_t digits) {
    const std::string text = std::to_string(number);
    return text.size() >= digits ? text : std::string(digits - text.size(), '0') + text;
}

}  // namespace

std::string to_iso_text(std::chrono::year_month_day date) {
    return padded(static_cast<int>(date.year()), 4) + '-' + padded(static_cast<unsigned>(date.month()), 2) + '-' +
           padded(static_cast<unsigned>(date.day()), 2);
}

std::string to_iso_text(WallNanoseconds moment) {
    const auto day = std::chrono::floor<std::chrono::days>(moment);
    const std::chrono::hh_mm_ss time{std::chrono::floor<std::chrono::microseconds>(moment - day)};
    std::string text = to_iso_text(std::chrono::year_month_day{day}) + 'T' + padded(time.hours().count(), 2) + ':' +
                       padded(time.minutes().count(), 2) + ':' + padded(time.seconds().count(), 2);
    if (time.subseconds().count() != 0) text += '.' + padded(time.subseconds().count(), 6);
    return text + 'Z';
}

WallNanoseconds read_moment(Value&& value, const ValuePath& path) {
    const std::string text = take_string(std::move(value), path);
    if (const auto moment = parse_moment(text)) return *moment;
    throw ConversionError(path.to_string(), "a moment such as '2024-05-01T12:30:00Z', in the years 1678 to 2261",
                          "got '" + text + "'");
}

std::chrono::year_month_day read_date(Value&& value, const ValuePath& path) {
    const std::string text = take_string(std::move(value), path);
    IsoReader reader(text);
    const auto date = read_day(reader);
    if (date &&
        (reader.at_end() || (reader.skip("T") && read_time_of_day(reader) == nanoseconds{0} && reader.at_end()))) {
        return *date;
    }
    throw ConversionError(path.to_string(), "a date such as '2024-05-01'", "got '" + text + "'");
}

nanoseconds read_seconds(const Value& value, const ValuePath& path) {
    constexpr std::int64_t most = std::chrono::duration_cast<std::chrono::seconds>(nanoseconds::max()).count();
    if (value.kind() == Value::Kind::integer) return std::chrono::seconds{read_integer(value, path, -most, most)};
    const double seconds = read_double(value, path);
    if (!(std::fabs(seconds) < static_cast<double>(most))) {
        throw ConversionError(path.to_string(), "a number of seconds within 292 years", "got one beyond");
    }
    return nanoseconds{std::llround(seconds * 1e9)};
}

Value to_seconds(nanoseconds duration) {
    const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(duration);
    if (seconds == duration) return seconds.count();
    return std::chrono::duration<double>(duration).count();
}

}  // namespace hiratake::payload
