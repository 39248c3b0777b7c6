#include "http/response_writer.hpp"

#include <fmt/format.h>

#include <chrono>
#include <iterator>

#include "http/ascii.hpp"
#include "http/status.hpp"

namespace hiratake::http {
namespace {

bool is_servers_business(std::string_view name) {
    for (const std::string_view own : {"Content-Length", "Transfer-Encoding", "Connection", "Date", "Keep-Alive"}) {
        if (equal_ignoring_case(name, own)) return true;
    }
    return false;
}

}  // namespace

bool has_no_body(int status) {
    return status < 200 || status == 204 || status == 304;
}

std::string http_date(WallTime time) {
    using std::chrono::floor;
    const auto days = floor<std::chrono::days>(time);
    const std::chrono::year_month_day date(days);
    const std::chrono::hh_mm_ss clock(floor<std::chrono::seconds>(time - days));
    static constexpr const char* weekdays[] = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    static constexpr const char* months[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                             "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    return fmt::format("{}, {:02} {} {:04} {:02}:{:02}:{:02} GMT", weekdays[std::chrono::weekday(days).c_encoding()],
                       unsigned{date.day()}, months[unsigned{date.month()} - 1], int{date.year()},
                       clock.hours().count(), clock.minutes().count(), clock.seconds().count());
}

void append_response(std::string& out, const Response& response, ResponseFraming framing, WallTime now) {
    append_header(out, response, {BodyLength::Kind::known, response.body.size()}, framing, now);
    if (!framing.omit_body && !has_no_body(response.status)) out += response.body;
}

void append_header(std::string& out, const Response& response, BodyLength length, ResponseFraming framing,
                   WallTime now) {
    auto end = std::back_inserter(out);
    fmt::format_to(end, "HTTP/1.1 {} {}\r\nDate: {}\r\n", response.status, reason_phrase(response.status),
                   http_date(now));
    for (const auto& header : response.headers) {
        if (!is_servers_business(header.name)) fmt::format_to(end, "{}: {}\r\n", header.name, header.value);
    }
    if (!has_no_body(response.status)) {
        switch (length.kind) {
            case BodyLength::Kind::known: fmt::format_to(end, "Content-Length: {}\r\n", length.bytes); break;
            case BodyLength::Kind::chunked: out += "Transfer-Encoding: chunked\r\n"; break;
            case BodyLength::Kind::to_end: break;
        }
    }
    if (framing.is_upgrade) {
        out += "Connection: Upgrade\r\n";
    } else if (!framing.keep_alive) {
        out += "Connection: close\r\n";
    } else if (framing.is_http_1_0) {
        out += "Connection: keep-alive\r\n";
    }
    out += "\r\n";
}

}  // namespace hiratake::http
