#pragma once

#include <exception>

#include "hiratake/payload/method_result.hpp"

namespace hiratake {

/// How a worker ended: with the method's result, or with the exception that left it.
struct WorkerResult {
    MethodResult returned;
    std::exception_ptr error;
};

}  // namespace hiratake
