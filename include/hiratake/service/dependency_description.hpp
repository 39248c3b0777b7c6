#pragma once

#include <string>

#include "hiratake/payload/value.hpp"

namespace hiratake {

/// What a dependency means to those who use the service, for generated documentation.
struct DependencyDescription {
    /// What it is about; empty for one that is the service's own business. The documents know "http_authentication"
    /// (docs/http.md).
    std::string kind;
    /// What the kind adds.
    Object details;
};

}  // namespace hiratake
