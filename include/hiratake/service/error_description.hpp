#pragma once

#include <exception>
#include <string>
#include <typeindex>

namespace hiratake {

/// The name of a type with its namespaces, joined by dots as Python writes them: "std.invalid_argument".
std::string type_path(std::type_index type);

/// The last part of such a name: "invalid_argument". A template's arguments belong to it.
std::string type_in_path(const std::string& path);

/// An exception in words: for log lines, error replies and problem documents.
struct ErrorDescription {
    /// The type without its namespaces: "invalid_argument".
    std::string type;
    /// The type with its namespaces, joined by dots as Python writes them: "std.invalid_argument". Stable across
    /// processes, so that a Python client can register a class of its own for it.
    std::string path;
    /// What what() says; empty for a thrown value that is no std::exception.
    std::string message;

    /// `error` must not be null.
    static ErrorDescription of(const std::exception_ptr& error);
};

}  // namespace hiratake
