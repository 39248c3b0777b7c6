#include "websocket/options.hpp"

#include <fmt/core.h>

#include <string>
#include <string_view>
#include <vector>

#include "hiratake/base/error.hpp"
#include "hiratake/service/config.hpp"

namespace hiratake::websocket {
namespace {

void read_size(const Config& config, std::string_view key, std::size_t& size) {
    const auto value = config.integer(key);
    if (!value) return;
    if (*value <= 0) {
        throw ConfigurationError(fmt::format("{}: {} is not above zero; the default is {}", key, *value, size));
    }
    size = static_cast<std::size_t>(*value);
}

std::optional<std::vector<std::string>> read_origins(const Config& config) {
    constexpr std::string_view key = "websocket.origins";
    const Value* value = config.find(key);
    if (!value || value->is_null()) return std::nullopt;
    const auto refuse = [&](const Value& wrong) {
        throw ConfigurationError(
            fmt::format("{}: a list of origins such as https://shop.example is expected, or \"*\" for all; it holds {}",
                        key, describe(wrong.kind())));
    };
    const Array* list = value->get_if<Array>();
    if (!list) refuse(*value);
    std::vector<std::string> origins;
    for (const Value& each : *list) {
        const std::string* origin = each.get_if<std::string>();
        if (!origin) refuse(each);
        origins.push_back(*origin);
    }
    return origins;
}

}  // namespace

Options read_options(const Config& config) {
    Options options;
    read_size(config, "websocket.max_message_bytes", options.limits.max_message_bytes);
    read_size(config, "websocket.max_queued_bytes", options.limits.max_queued_bytes);
    read_size(config, "websocket.max_connections", options.max_connections);
    options.limits.ping_interval = config.seconds("websocket.ping_interval").value_or(options.limits.ping_interval);
    options.origins.allowed = read_origins(config);
    return options;
}

}  // namespace hiratake::websocket
