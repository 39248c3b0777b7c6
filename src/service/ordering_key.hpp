#pragma once

#include <string>
#include <vector>

#include "hiratake/payload/value.hpp"

namespace hiratake {

class Entrypoint;
namespace payload {
class Signature;
}

/// What EntrypointOptions::ordered_by() has tasks ordered by: the values at the paths, as a text.
/// @param arguments of the call by name, or the body of the message
std::string ordering_key(const std::vector<std::string>& paths, const Value& arguments);

/// Throws ConfigurationError where an entrypoint is ordered by what is no parameter of its method.
void check_ordering(const std::string& service_name, const Entrypoint& entrypoint, const payload::Signature& signature);

/// The arguments of a call by name, defaults among them. What does not fit the signature is left as it is.
Object arguments_by_name(const payload::Signature& signature, Array positional, Object named);

}  // namespace hiratake
