#pragma once

#include <exception>
#include <string>
#include <string_view>

#include "hiratake/service/application_error_types.hpp"
#include "wire/error_object.hpp"

namespace hiratake::rpc {

/// For a call that comes too late: a Hiratake caller throws DeadlineExceeded, a Python one RemoteError. One that left a
/// worker goes as any exception does: its method was run.
inline constexpr std::string_view deadline_exceeded_path = "hiratake.exceptions.DeadlineExceeded";
wire::ErrorObject deadline_exceeded(std::string text);

/// An exception as a caller is told of it. Hiratake's own RPC errors go under the paths of Nameko's, so that a Python
/// caller gets its native class; an ApplicationError under the path of its type, with its text and its details as
/// arguments; all others under their C++ name, dotted. What came from another service keeps its origin.
wire::ErrorObject exception_on_wire(const std::exception_ptr& error, ApplicationErrorTypes known = {});

}  // namespace hiratake::rpc
