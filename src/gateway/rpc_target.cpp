#include "gateway/rpc_target.hpp"

namespace hiratake::gateway {

std::optional<RpcTarget> parse_rpc_target(std::string_view text) {
    const auto dot = text.rfind('.');
    if (dot == std::string_view::npos || dot == 0 || dot + 1 == text.size()) return std::nullopt;
    return RpcTarget{std::string{text.substr(0, dot)}, std::string{text.substr(dot + 1)}};
}

}  // namespace hiratake::gateway
