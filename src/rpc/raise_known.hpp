#pragma once

#include "hiratake/rpc/rpc_error.hpp"
#include "hiratake/service/application_error_types.hpp"

namespace hiratake::rpc {

/// Throws the exception that a remote error stands for, where it is one of `known` and its details fit. Returns where
/// it is not: nothing that a peer sends makes this throw anything else.
///
/// Hiratake sends the text and the details as arguments. A class in Python may take them so, or the details alone, as
/// one dict or one by one in the order of the fields; Nameko makes texts of all that is none.
void raise_known(const RemoteError& error, ApplicationErrorTypes known);

}  // namespace hiratake::rpc
