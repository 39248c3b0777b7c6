#pragma once

#include <exception>
#include <string>

#include "hiratake/payload/value.hpp"

namespace hiratake::testing {

/// One run of an entrypoint's method, after its worker has ended.
struct Firing {
    std::string service;
    std::string method;
    std::string call_id;
    /// The worker's context data as it left them.
    Object context_data;
    /// What the method returned; null when it threw.
    Value result;
    /// What it threw, or null.
    std::exception_ptr error;
};

}  // namespace hiratake::testing
