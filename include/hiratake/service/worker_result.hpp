#pragma once

#include <exception>

#include "hiratake/payload/value.hpp"

namespace hiratake {

/// How a worker ended: with the method's result, or with the exception that left it.
struct WorkerResult {
    Value value;
    std::exception_ptr error;
};

}  // namespace hiratake
