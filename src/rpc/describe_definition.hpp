#pragma once

#include "hiratake/rpc/service_description.hpp"

namespace hiratake {
class Config;
struct ServiceDefinition;
}  // namespace hiratake

namespace hiratake::rpc {

/// What a service tells callers of itself: its RPC methods and event handlers, in the order of their declaration.
ServiceDescription describe_definition(const ServiceDefinition& definition, const Config& config);

}  // namespace hiratake::rpc
