#pragma once

#include <memory>

#include "net/byte_stream.hpp"
#include "testing/fault_plan.hpp"

namespace hiratake::testing {

/// The services' end of a connection to a broker, with the faults of the plan on its way.
std::unique_ptr<net::ByteStream> make_faulty_stream(std::unique_ptr<net::ByteStream> inner,
                                                    std::shared_ptr<FaultPlan> plan);

}  // namespace hiratake::testing
