#pragma once

#include <string>

#include "hiratake/service/config.hpp"
#include "wire/names.hpp"

namespace hiratake::rpc {

/// The one exchange of all requests and replies: configuration key `rpc_exchange`.
inline std::string configured_exchange(const Config& config) {
    return config.text("rpc_exchange").value_or(std::string{wire::default_rpc_exchange});
}

}  // namespace hiratake::rpc
