#include "gateway/gateway_config.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string_view>
#include <utility>

#include "gateway/check_route.hpp"
#include "hiratake/base/error.hpp"
#include "hiratake/service/config.hpp"
#include "http/router.hpp"

namespace hiratake::gateway {
namespace {

constexpr std::int64_t max_timeout_ms = 24 * 60 * 60 * 1000;

/// A map of the configuration, read key by key.
class Section {
  public:
    /// @param place of the map: "gateway.routes[2]"
    Section(const Value& value, std::string place) : place_(std::move(place)), map_(value.get_if<Object>()) {
        if (!map_) refuse_kind("", value, "a map");
    }

    void allow_only(std::initializer_list<std::string_view> keys) const {
        for (const Member& member : *map_) {
            if (std::find(keys.begin(), keys.end(), member.name) != keys.end()) continue;
            throw ConfigurationError(
                fmt::format("{}.{}: there is no such key; there are {}", place_, member.name, fmt::join(keys, ", ")));
        }
    }

    std::string text(std::string_view key, std::string preset = "") const {
        return read<std::string>(key, "a text").value_or(std::move(preset));
    }
    bool boolean(std::string_view key) const { return read<bool>(key, "true or false").value_or(false); }
    std::optional<std::int64_t> integer(std::string_view key, std::string_view expected, std::int64_t most) const {
        const auto number = read<std::int64_t>(key, expected);
        if (number && (*number < 0 || *number > most)) refuse(key, fmt::format("is {}", *number), expected);
        return number;
    }
    const Object* map(std::string_view key, std::string_view expected) const { return pointer<Object>(key, expected); }
    const Array* list(std::string_view key, std::string_view expected) const { return pointer<Array>(key, expected); }

    [[noreturn]] void refuse_kind(std::string_view key, const Value& value, std::string_view expected) const {
        refuse(key, fmt::format("is {}", describe(value.kind())), expected);
    }
    [[noreturn]] void refuse(std::string_view key, std::string_view problem, std::string_view expected) const {
        throw ConfigurationError(
            fmt::format("{}{}{} {}, expected {}", place_, key.empty() ? "" : ".", key, problem, expected));
    }

  private:
    template <class T>
    const T* pointer(std::string_view key, std::string_view expected) const {
        const Value* value = map_->find(key);
        if (!value || value->is_null()) return nullptr;
        const T* held = value->get_if<T>();
        if (!held) refuse_kind(key, *value, expected);
        return held;
    }
    template <class T>
    std::optional<T> read(std::string_view key, std::string_view expected) const {
        const T* held = pointer<T>(key, expected);
        return held ? std::optional<T>{*held} : std::nullopt;
    }

    std::string place_;
    const Object* map_;
};

std::vector<std::pair<std::string, int>> read_errors(const Section& section) {
    std::vector<std::pair<std::string, int>> errors;
    const Object* map = section.map("errors", "a map of exception types to statuses: {NotFound: 404}");
    if (!map) return errors;
    for (const Member& member : *map) {
        const auto* status = member.value.get_if<std::int64_t>();
        if (!status) section.refuse_kind("errors." + member.name, member.value, "a status from 400 to 599");
        errors.emplace_back(member.name, static_cast<int>(std::clamp<std::int64_t>(*status, 0, 1000)));
    }
    return errors;
}

std::vector<std::string> read_texts(const Section& section, const std::string& key) {
    std::vector<std::string> texts;
    const Array* list = section.list(key, "a list of texts");
    if (!list) return texts;
    for (const Value& each : *list) {
        const auto* text = each.get_if<std::string>();
        if (!text) section.refuse(key, "has " + std::string{describe(each.kind())} + " in it", "a list of texts");
        texts.push_back(*text);
    }
    return texts;
}

Route read_route(const Value& value, const std::string& place) {
    const Section section(value, place);
    section.allow_only({"method", "path", "rpc", "timeout_ms", "status", "arguments", "errors", "sensitive", "public",
                        "doc", "summary", "tags"});
    Route route;
    route.http_method = section.text("method", route.http_method);
    route.path = section.text("path");
    route.rpc = section.text("rpc");
    if (const auto timeout_ms = section.integer("timeout_ms", "milliseconds, at most a day", max_timeout_ms)) {
        route.timeout = std::chrono::milliseconds{*timeout_ms};
    }
    route.status = static_cast<int>(section.integer("status", "a status from 200 to 299", 999).value_or(route.status));
    if (const Object* arguments = section.map("arguments", "a map of arguments")) route.arguments = *arguments;
    route.errors = read_errors(section);
    route.sensitive = read_texts(section, "sensitive");
    route.has_public_access = section.boolean("public");
    route.doc = section.text("doc");
    route.summary = section.text("summary");
    route.tags = read_texts(section, "tags");
    check_route(route, place);
    return route;
}

}  // namespace

GatewayConfig read_gateway_config(const Config& config) {
    const Value* value = config.find("gateway");
    if (!value || value->is_null()) {
        throw ConfigurationError(
            "gateway: it is missing; expected a map with the routes to publish: "
            "gateway: {routes: [{method: POST, path: /compute, rpc: compute.compute}]}");
    }
    const Section section(*value, "gateway");
    section.allow_only({"name", "version", "doc", "routes", "max_calls", "refresh"});
    GatewayConfig gateway;
    gateway.name = section.text("name", gateway.name);
    if (gateway.name.empty()) section.refuse("name", "is empty", "the name of the service that the gateway is");
    gateway.version = section.text("version");
    gateway.doc = section.text("doc");
    constexpr auto expected = "a list of routes: [{method: POST, path: /compute, rpc: compute.compute}]";
    const Array* routes = section.list("routes", expected);
    if (!routes || routes->empty()) section.refuse("routes", "is empty", expected);
    http::Router all;
    for (std::size_t i = 0; i < routes->size(); ++i) {
        const auto place = fmt::format("gateway.routes[{}]", i);
        gateway.routes.push_back(read_route((*routes)[i], place));
        try {
            all.add(gateway.routes.back().http_method, gateway.routes.back().path, i);
        } catch (const ConfigurationError& error) {
            throw ConfigurationError(fmt::format("{}.path: {}", place, error.what()));
        }
    }
    return gateway;
}

}  // namespace hiratake::gateway
