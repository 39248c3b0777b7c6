#include "hiratake/rpc/rpc_caller.hpp"

namespace hiratake {

const Clock& RpcCaller::clock() const {
    static const SystemClock machine;
    return machine;
}

}  // namespace hiratake
