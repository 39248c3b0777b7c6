#include "service/concurrency_settings.hpp"

#include <fmt/core.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <initializer_list>
#include <set>
#include <string>
#include <string_view>

#include "hiratake/base/error.hpp"
#include "hiratake/service/config.hpp"

namespace hiratake {
namespace {

constexpr std::size_t default_max_workers = 10;
constexpr std::size_t default_max_queued = 10'000;
constexpr std::int64_t most_prefetch = EntrypointOptions::most_prefetch;

std::optional<std::uint16_t> prefetch(const Config& config, const std::string& key) {
    const auto value = config.integer(key);
    if (!value) return std::nullopt;
    if (*value < 1 || *value > most_prefetch) {
        throw ConfigurationError(
            fmt::format("{}: {} is not between 1 and {}; it is how many messages may be here, "
                        "running or waiting for a worker",
                        key, *value, most_prefetch));
    }
    return static_cast<std::uint16_t>(*value);
}

/// The first that there is.
template <class T>
std::optional<T> first(std::initializer_list<std::optional<T>> settings) {
    const auto found =
        std::find_if(settings.begin(), settings.end(), [](const auto& each) { return each.has_value(); });
    return found == settings.end() ? std::nullopt : *found;
}

const Object* section(const Config& config, const std::string& key) {
    const Value* value = config.find(key);
    if (!value || value->is_null()) return nullptr;
    if (const auto* object = value->get_if<Object>()) return object;
    throw ConfigurationError(fmt::format("configuration: `{}` is {}, expected a map", key, describe(value->kind())));
}

void configure_entrypoint(const Config& config, const ServiceDefinition& definition, const std::string& method,
                          const std::string& key) {
    const auto max_workers = positive_setting(config, key + ".max_workers");
    const auto prefetch_count = prefetch(config, key + ".prefetch");
    std::set<std::string_view> methods;
    for (const auto& entrypoint : definition.entrypoints) {
        methods.insert(entrypoint->method_name());
        if (entrypoint->method_name() != method) continue;
        if (max_workers) entrypoint->options().max_workers(*max_workers);
        if (prefetch_count) entrypoint->options().prefetch(*prefetch_count);
    }
    if (methods.contains(method)) return;
    throw ConfigurationError(fmt::format("configuration: `{}`: service `{}` has no entrypoint `{}`; it has {}", key,
                                         definition.name, method, fmt::join(methods, ", ")));
}

}  // namespace

std::optional<std::size_t> positive_setting(const Config& config, const std::string& key) {
    const std::int64_t value = config.integer(key).value_or(0);
    if (value < 0) throw ConfigurationError(fmt::format("{}: {} is below zero; give a positive number", key, value));
    if (value == 0) return std::nullopt;
    return static_cast<std::size_t>(value);
}

ConcurrencySettings read_concurrency_settings(const Config& config, ServiceDefinition& definition) {
    const std::string own = "concurrency." + definition.name;
    section(config, "concurrency");
    section(config, own);
    const std::string entrypoints = own + ".entrypoints";
    if (const Object* configured = section(config, entrypoints)) {
        for (const Member& member : *configured) {
            const std::string key = fmt::format("{}.{}", entrypoints, member.name);
            section(config, key);
            configure_entrypoint(config, definition, member.name, key);
        }
    }
    if (definition.max_workers == 0 || definition.prefetch == 0) {
        throw ConfigurationError(fmt::format("service `{}`: max_workers and prefetch are at least 1", definition.name));
    }
    const auto max_workers = first({positive_setting(config, own + ".max_workers"), definition.max_workers,
                                    positive_setting(config, "max_workers")});
    return {max_workers.value_or(default_max_workers),
            positive_setting(config, "max_queued_workers").value_or(default_max_queued),
            first({prefetch(config, own + ".prefetch"), definition.prefetch, prefetch(config, "prefetch")})};
}

}  // namespace hiratake
