#pragma once

#include <vector>

#include "hiratake/payload/value.hpp"

namespace hiratake {
class Config;
struct ServiceDefinition;
}  // namespace hiratake

namespace hiratake::documents {

/// The AsyncAPI 3.0 document of what services take from a broker and send to it: their RPC methods, the events that
/// they handle and dispatch. Made from the definitions alone: the same definitions make the same document, byte for
/// byte.
///
/// Of the descriptions it takes those of the kinds "rpc" and "event", with the details exchange, routing_key, queue
/// (where it is known beforehand) and handler_type; of the outgoing messages all, with the details exchange and
/// routing_key.
/// @param services one or more; the first gives the document its title
Object asyncapi_document(const std::vector<const ServiceDefinition*>& services, const Config& config);

}  // namespace hiratake::documents
