#pragma once

#include <exception>

#include "wire/error_object.hpp"

namespace hiratake::rpc {

/// An exception as a caller is told of it. Hiratake's own RPC errors go under the paths of Nameko's, so that a Python
/// caller gets its native class; all others under their C++ name, dotted.
wire::ErrorObject exception_on_wire(const std::exception_ptr& error);

}  // namespace hiratake::rpc
