#pragma once

#include "hiratake/base/reflect_enum.hpp"
#include "hiratake/base/reflect_fields.hpp"

/// Compile-time reflection: the field names and types of aggregates, and the enumerators of enumerations. Nothing has
/// to be declared for it, and nothing here runs at run time but the visitor's own code.
