#pragma once

#include "hiratake/service/metrics.hpp"

namespace hiratake::rpc {

/// What an RPC client counts, where somebody has given it counters.
struct RpcClientCounters {
    Counter* calls = nullptr;
    Counter* timeouts = nullptr;
};

}  // namespace hiratake::rpc
