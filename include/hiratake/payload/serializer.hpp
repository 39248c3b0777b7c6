#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "hiratake/payload/value.hpp"

namespace hiratake {

/// One way to write values as message bodies.
struct Serializer {
    /// As in the configuration: "json".
    std::string name;
    std::string content_type;
    std::string content_encoding;
    /// Throws an Error for a value that has no such form.
    std::function<std::string(const Value& value)> encode;
    /// Throws an Error for bytes that are not of this form.
    std::function<Value(std::string_view body)> decode;
};

/// The default of Nameko: application/json in UTF-8, as Python writes it.
Serializer json_serializer();
/// Texts and bytes as they are; application/data. Encodes strings only.
Serializer raw_serializer();

}  // namespace hiratake
