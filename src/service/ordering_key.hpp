#pragma once

#include <string>
#include <vector>

#include "hiratake/payload/value.hpp"

namespace hiratake {

namespace payload {
class Signature;
}

/// What EntrypointOptions::ordered_by() has tasks ordered by: the values at the paths, as a text.
/// @param arguments of the call by name, or the body of the message
std::string ordering_key(const std::vector<std::string>& paths, const Value& arguments);

/// The arguments of a call by name, defaults among them. What does not fit the signature is left as it is.
Object arguments_by_name(const payload::Signature& signature, Array positional, Object named);

}  // namespace hiratake
