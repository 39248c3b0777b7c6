#pragma once

#include <string>

namespace hiratake {

/// Where an error that came with a reply was thrown first. It stays the same while services on the way let the error
/// out to their own callers.
struct ErrorOrigin {
    std::string service;
    std::string method;
    /// The class of what was thrown: "ValueError".
    std::string type;
    /// With its module: "builtins.ValueError".
    std::string path;
    /// Its text.
    std::string message;

    friend bool operator==(const ErrorOrigin&, const ErrorOrigin&) = default;
};

}  // namespace hiratake
