#include "http/access_log.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>

#include "hiratake/base/error.hpp"
#include "hiratake/payload/json.hpp"
#include "http/http_date.hpp"
#include "http/target.hpp"

namespace hiratake::http {
namespace {

double seconds(Duration duration) {
    return std::chrono::duration<double>(duration).count();
}

// "25/Nov/2026:18:28:45 +0000", of "Wed, 25 Nov 2026 18:28:45 GMT".
std::string common_date(WallTime now) {
    const std::string date = http_date(now);
    return fmt::format("{}/{}/{}:{} +0000", date.substr(5, 2), date.substr(8, 3), date.substr(12, 4),
                       date.substr(17, 8));
}

// What could end the quotes early, or the line.
std::string quotable(std::string_view text) {
    std::string result;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (c == '"' || c == '\\') {
            result += '\\';
            result += c;
        } else if (byte < 0x20 || byte == 0x7f) {
            fmt::format_to(std::back_inserter(result), "\\x{:02x}", byte);
        } else {
            result += c;
        }
    }
    return result;
}

std::string_view protocol(const Exchange& exchange) {
    return exchange.is_http_1_0 ? "HTTP/1.0" : "HTTP/1.1";
}

// No route has said what is not to be shown where there is none.
std::string shown_target(const Exchange& exchange) {
    const auto query_at = exchange.route.empty() ? exchange.target.find('?') : std::string::npos;
    return query_at == std::string::npos ? exchange.target : exchange.target.substr(0, query_at) + "?**";
}

std::string common_line(const Exchange& exchange, WallTime now) {
    const auto or_dash = [](const std::string& text) { return text.empty() ? "-" : text; };
    const std::string request_line =
        exchange.method.empty() ? "-"
                                : fmt::format("{} {} {}", exchange.method, shown_target(exchange), protocol(exchange));
    std::string line =
        fmt::format("{} - {} [{}] \"{}\" {} {} {:.4f} {} \"{}\"", exchange.client_address, or_dash(exchange.user),
                    common_date(now), quotable(request_line), exchange.status, exchange.bytes,
                    seconds(exchange.duration), or_dash(exchange.request_id), quotable(or_dash(exchange.user_agent)));
    if (!exchange.refusal.empty()) line += " refused: " + quotable(exchange.refusal);
    if (!exchange.interruption.empty()) line += " broken off: " + quotable(exchange.interruption);
    return line;
}

std::string json_line(const Exchange& exchange, WallTime now) {
    Object entry{{"time", http_date(now)}, {"address", exchange.client_address}};
    const auto set = [&entry](const char* name, const std::string& text) {
        if (!text.empty()) entry.set(name, text);
    };
    set("user", exchange.user);
    set("method", exchange.method);
    set("target", shown_target(exchange));
    if (!exchange.method.empty()) entry.set("protocol", std::string{protocol(exchange)});
    set("route", exchange.route);
    entry.set("status", exchange.status);
    entry.set("bytes", static_cast<std::int64_t>(exchange.bytes));
    entry.set("seconds", seconds(exchange.duration));
    set("request_id", exchange.request_id);
    set("user_agent", exchange.user_agent);
    set("refusal", exchange.refusal);
    set("interruption", exchange.interruption);
    return write_json(std::move(entry), JsonStyle::compact);
}

}  // namespace

AccessLog::AccessLog(const Config& config, Logger logger) : logger_(std::move(logger)) {
    // YAML reads a bare `off` as false.
    const Value* setting = config.find("http.access_log");
    const bool* as_boolean = setting ? setting->get_if<bool>() : nullptr;
    const std::string form =
        as_boolean ? (*as_boolean ? "common" : "off") : config.text("http.access_log").value_or("common");
    if (form == "json") {
        form_ = Form::json;
    } else if (form == "off") {
        form_ = Form::off;
    } else if (form != "common") {
        throw ConfigurationError(fmt::format("http.access_log: '{}' is none of common, json and off", form));
    }
}

void AccessLog::write(const Exchange& exchange, WallTime now) const {
    switch (form_) {
        case Form::common: return logger_.info("{}", common_line(exchange, now));
        case Form::json: return logger_.info("{}", json_line(exchange, now));
        case Form::off: return;
    }
}

std::string masked_target(std::string_view target, const std::vector<std::string>& sensitive) {
    const auto query_at = std::min(target.find('?'), target.size());
    std::string masked{target.substr(0, query_at)};
    std::string_view rest = target.substr(query_at);
    while (!rest.empty()) {
        masked += rest.front();
        rest.remove_prefix(1);
        const auto field = rest.substr(0, std::min(rest.find('&'), rest.size()));
        rest.remove_prefix(field.size());
        const auto equals = field.find('=');
        const auto name = percent_decoded(field.substr(0, equals));
        const bool is_sensitive = !name || std::find(sensitive.begin(), sensitive.end(), *name) != sensitive.end();
        masked += equals != std::string_view::npos && is_sensitive ? std::string{field.substr(0, equals)} + "=**"
                                                                   : std::string{field};
    }
    return masked;
}

}  // namespace hiratake::http
