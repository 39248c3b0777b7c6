#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace hiratake::gateway {

/// A method of a service.
struct RpcTarget {
    std::string service;
    std::string method;
};

/// "orders.get", cut at the last dot; nothing when a part is missing.
std::optional<RpcTarget> parse_rpc_target(std::string_view text);

}  // namespace hiratake::gateway
