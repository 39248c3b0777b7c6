#include "http/response_writer.hpp"

#include <chrono>

#include "http/ascii.hpp"
#include "http/http_date.hpp"
#include "http/status.hpp"

namespace hiratake::http {
namespace {

bool is_servers_business(std::string_view name) {
    for (const std::string_view own : {"Content-Length", "Transfer-Encoding", "Connection", "Date", "Keep-Alive"}) {
        if (equal_ignoring_case(name, own)) return true;
    }
    return false;
}

// Made anew once a second, not for each response.
const std::string& date_at(WallTime now) {
    thread_local WallTime second = WallTime::min();
    thread_local std::string text;
    const auto floor = std::chrono::floor<std::chrono::seconds>(now);
    if (floor != second) {
        second = floor;
        text = http_date(now);
    }
    return text;
}

}  // namespace

bool has_no_body(int status) {
    return status < 200 || status == 204 || status == 304;
}

void append_response(std::string& out, const Response& response, ResponseFraming framing, WallTime now) {
    append_header(out, response, {BodyLength::Kind::known, response.body.size()}, framing, now);
    if (!framing.omit_body && !has_no_body(response.status)) out += response.body;
}

void append_header(std::string& out, const Response& response, BodyLength length, ResponseFraming framing,
                   WallTime now) {
    out.append("HTTP/1.1 ").append(std::to_string(response.status)).append(" ").append(reason_phrase(response.status));
    out.append("\r\nDate: ").append(date_at(now)).append("\r\n");
    for (const auto& header : response.headers) {
        if (is_servers_business(header.name)) continue;
        out.append(header.name).append(": ").append(header.value).append("\r\n");
    }
    if (!has_no_body(response.status)) {
        switch (length.kind) {
            case BodyLength::Kind::known:
                out.append("Content-Length: ").append(std::to_string(length.bytes)).append("\r\n");
                break;
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
