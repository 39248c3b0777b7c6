#include "gateway/check_route.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string_view>

#include "gateway/rpc_target.hpp"
#include "hiratake/base/error.hpp"
#include "http/router.hpp"

namespace hiratake::gateway {
namespace {

constexpr std::array<std::string_view, 5> http_methods{"GET", "POST", "PUT", "PATCH", "DELETE"};

[[noreturn]] void refuse(const std::string& place, std::string_view member, std::string_view problem) {
    throw ConfigurationError(fmt::format("{}.{}: {}", place, member, problem));
}

void check_path(const Route& route, const std::string& place) {
    if (route.path.empty()) refuse(place, "path", "it is missing; expected a path such as /orders/{id}");
    try {
        http::Router{}.add(route.http_method, route.path, 0);
    } catch (const ConfigurationError& error) {
        refuse(place, "path", error.what());
    }
    for (const auto& variable : http::path_variable_names(route.path)) {
        if (!route.arguments.contains(variable)) continue;
        refuse(place, "arguments." + variable, "the path has a variable of this name; give the argument one source");
    }
}

}  // namespace

void check_route(const Route& route, const std::string& place) {
    if (std::find(http_methods.begin(), http_methods.end(), route.http_method) == http_methods.end()) {
        refuse(place, "method",
               fmt::format("'{}' is none of GET, POST, PUT, PATCH and DELETE (in capitals)", route.http_method));
    }
    check_path(route, place);
    if (!parse_rpc_target(route.rpc)) {
        refuse(place, "rpc", fmt::format("'{}' is no SERVICE.METHOD, such as orders.get", route.rpc));
    }
    if (route.timeout && *route.timeout <= Duration::zero()) {
        refuse(place, "timeout_ms", "expected a number of milliseconds above zero");
    }
    if (route.status < 200 || route.status > 299) {
        refuse(place, "status", fmt::format("{} is no status of a success; expected 200 to 299", route.status));
    }
    for (const auto& [type, status] : route.errors) {
        if (type.empty()) refuse(place, "errors", "a type of exceptions has an empty name");
        if (status >= 400 && status <= 599) continue;
        refuse(place, "errors." + type, fmt::format("{} is no status of an error; expected 400 to 599", status));
    }
}

}  // namespace hiratake::gateway
