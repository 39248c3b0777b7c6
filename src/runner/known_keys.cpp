#include "runner/known_keys.hpp"

#include <fmt/core.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <numeric>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "hiratake/base/error.hpp"

namespace hiratake::runner {
namespace {

using Names = std::vector<std::string_view>;

struct Section {
    std::string_view name;
    Names keys;
};

const Names& top_level_keys() {
    static const Names keys{"ACCEPT",
                            "AMQP_URI",
                            "AUTO_DELETE_EVENT_EXCHANGES",
                            "DECLARE_EVENT_EXCHANGES",
                            "HEARTBEAT",
                            "WEB_SERVER_ADDRESS",
                            "concurrency",
                            "connection_name",
                            "deadlines",
                            "delivery",
                            "fibers",
                            "gateway",
                            "http",
                            "http_clients",
                            "io_threads",
                            "log",
                            "max_pending_calls",
                            "max_queued_workers",
                            "max_workers",
                            "parent_calls_tracked",
                            "prefetch",
                            "rpc_exchange",
                            "rpc_timeout",
                            "serializer",
                            "smtp",
                            "stop_timeout",
                            "websocket",
                            "workers"};
    return keys;
}

const std::vector<Section>& sections() {
    static const std::vector<Section> all{
        {"delivery", {"events", "rpc"}},
        {"http",
         {"access_log",
          "body_timeout",
          "compression",
          "context_headers",
          "cors",
          "docs",
          "drain_delay",
          "header_timeout",
          "health",
          "idle_timeout",
          "max_body_bytes",
          "max_connections",
          "max_form_field_bytes",
          "max_form_parts",
          "max_header_bytes",
          "max_upload_memory_bytes",
          "metrics",
          "tls",
          "tls_reload_interval",
          "trusted_proxies",
          "upload_folder",
          "users",
          "write_timeout"}},
        {"fibers", {"max_blocking_threads", "stack_bytes", "stall_warning_after"}},
        {"http.cors", {"credentials", "exposed_headers", "headers", "max_age", "methods", "origins"}},
        {"http.docs", {"asyncapi", "openapi"}},
        {"log", {"format", "level", "loggers"}},
        {"smtp",
         {"allow_plaintext_auth", "ca_file", "connect_timeout", "from", "host", "max_connections", "max_content_bytes",
          "outbox", "password", "port", "security", "timeout", "user", "verify"}},
        {"websocket", {"max_connections", "max_message_bytes", "max_queued_bytes", "origins", "ping_interval"}},
    };
    return all;
}

/// Keys of Nameko's that mean nothing here, and what to write in their place.
struct ForeignKey {
    std::string_view name;
    std::string_view remedy;
};

constexpr std::array foreign_keys{
    ForeignKey{
        "AMQP_SSL",
        "the broker's URI says it: AMQP_URI: amqps://user:password@host, with ?cacertfile=, ?certfile=, ?keyfile= "
        "and ?verify= where they are needed"},
    ForeignKey{"LOGIN_METHOD", "the broker's URI says it: AMQP_URI: amqp://host?login_method=external"},
};

std::string lower_case(std::string_view text) {
    std::string lower;
    for (const char c : text) lower += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    return lower;
}

// Levenshtein's: how many letters to add, remove or exchange.
std::size_t distance(const std::string& from, const std::string& to) {
    std::vector<std::size_t> row(to.size() + 1);
    std::iota(row.begin(), row.end(), std::size_t{0});
    for (std::size_t i = 0; i < from.size(); ++i) {
        auto diagonal = std::exchange(row[0], i + 1);
        for (std::size_t j = 0; j < to.size(); ++j) {
            const auto exchanged = diagonal + (from[i] == to[j] ? 0 : 1);
            diagonal = std::exchange(row[j + 1], std::min({row[j] + 1, row[j + 1] + 1, exchanged}));
        }
    }
    return row.back();
}

// The key that was meant, most likely; empty where none is near.
std::string_view nearest(std::string_view key, const Names& keys, std::size_t letters_per_slip) {
    const auto slips = [&](std::string_view known) { return distance(lower_case(key), lower_case(known)); };
    const auto best = std::min_element(keys.begin(), keys.end(),
                                       [&](std::string_view a, std::string_view b) { return slips(a) < slips(b); });
    return slips(*best) <= best->size() / letters_per_slip ? *best : std::string_view{};
}

bool contains(const Names& keys, std::string_view key) {
    return std::find(keys.begin(), keys.end(), key) != keys.end();
}

[[noreturn]] void refuse(const std::string& key, const std::string& meant) {
    throw ConfigurationError(fmt::format("configuration: there is no key `{}`; did you mean `{}`?", key, meant));
}

// One that asks for nothing does no harm.
void refuse_foreign_keys(const Config& config) {
    for (const ForeignKey& key : foreign_keys) {
        const Value* value = config.find(key.name);
        if (!value || value->is_null() || *value == Value{false}) continue;
        throw ConfigurationError(fmt::format("configuration: there is no key `{}` here; {}", key.name, key.remedy));
    }
}

/// Whether it is a switch for the whole section.
bool is_switch(const Section& section, const Value& value) {
    return section.name == "http.docs" && value.get_if<bool>();
}

/// A value in a section's place would set nothing.
void check_place_of(const Section& section, const Value& value) {
    if (value.is_null() || value.get_if<Object>() || is_switch(section, value)) return;
    throw ConfigurationError(fmt::format("configuration: `{}` is {}, expected a map with some of {}", section.name,
                                         describe(value.kind()), fmt::join(section.keys, ", ")));
}

void check_section(const Section& section, const Object& values) {
    for (const Member& member : values) {
        if (contains(section.keys, member.name)) continue;
        const auto key = fmt::format("{}.{}", section.name, member.name);
        if (const auto meant = nearest(member.name, section.keys, 2); !meant.empty()) {
            refuse(key, fmt::format("{}.{}", section.name, meant));
        }
        // Users of BasicAuth may have any key there.
        if (section.name == "http" && member.value.get_if<Object>()) continue;
        throw ConfigurationError(fmt::format("configuration: there is no key `{}`; in `{}` there are {}", key,
                                             section.name, fmt::join(section.keys, ", ")));
    }
}

// The names of services and entrypoints are the user's; the container refuses entrypoints that it does not have.
void check_concurrency(const Object& services) {
    for (const Member& service : services) {
        const auto* settings = service.value.get_if<Object>();
        if (!settings) continue;
        const auto name = fmt::format("concurrency.{}", service.name);
        check_section({name, {"entrypoints", "max_workers", "prefetch"}}, *settings);
        const Value* entrypoints = settings->find("entrypoints");
        if (!entrypoints || !entrypoints->get_if<Object>()) continue;
        for (const Member& entrypoint : entrypoints->as_object()) {
            const auto* limits = entrypoint.value.get_if<Object>();
            const auto section = fmt::format("{}.entrypoints.{}", name, entrypoint.name);
            if (limits) check_section({section, {"max_workers", "prefetch"}}, *limits);
        }
    }
}

// So are the names of HTTP clients.
void check_http_clients(const Object& clients) {
    for (const Member& client : clients) {
        const auto* settings = client.value.get_if<Object>();
        if (!settings) continue;
        const auto name = fmt::format("http_clients.{}", client.name);
        check_section({name,
                       {"base_url", "ca_file", "connect_timeout", "headers", "max_connections", "max_redirects",
                        "max_response_bytes", "proxy", "timeout"}},
                      *settings);
    }
}

}  // namespace

// At the top a key that is not very near is the services' own; in a section of the framework it is a slip in any case.
void check_keys(const Config& config) {
    refuse_foreign_keys(config);
    for (const Member& member : config.values()) {
        if (contains(top_level_keys(), member.name)) continue;
        if (const auto meant = nearest(member.name, top_level_keys(), 4); !meant.empty()) {
            refuse(member.name, std::string(meant));
        }
    }
    const auto values_of = [&config](std::string_view name) {
        const Value* value = config.find(name);
        return value ? value->get_if<Object>() : nullptr;
    };
    for (const Section& section : sections()) {
        if (const Value* value = config.find(section.name)) check_place_of(section, *value);
        if (const auto* values = values_of(section.name)) check_section(section, *values);
    }
    if (const auto* services = values_of("concurrency")) check_concurrency(*services);
    if (const auto* clients = values_of("http_clients")) check_http_clients(*clients);
}

}  // namespace hiratake::runner
