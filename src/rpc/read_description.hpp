#pragma once

#include <functional>
#include <string>

#include "hiratake/rpc/service_description.hpp"

namespace hiratake::rpc {

/// The description that a call of ServiceDescription::method_name brought. Throws as describe_service() does.
/// @param reply waits for the call's result
ServiceDescription read_description(const std::string& service, const std::function<Value()>& reply);

}  // namespace hiratake::rpc
