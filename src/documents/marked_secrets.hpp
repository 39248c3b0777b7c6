#pragma once

#include "hiratake/payload/sensitive_paths.hpp"
#include "hiratake/payload/value.hpp"

namespace hiratake::documents {

/// The schema of an argument with `writeOnly` where its value is not to be shown, and the format `password` where that
/// is a text: pages then hide what is typed. What the schema refers to stays as it is, for others that refer to it.
Value with_marked_secrets(Value schema, const payload::SensitivePaths& sensitive);

}  // namespace hiratake::documents
