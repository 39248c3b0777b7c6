#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "hiratake/payload/value.hpp"

namespace hiratake {

/// One way to write values as message bodies. Used on several threads at once. See docs/serializers.md.
struct Serializer {
    /// As in the configuration: "json".
    std::string name;
    std::string content_type;
    std::string content_encoding;
    /// Throws an Error for a value that has no such form.
    std::function<std::string(const Value& value)> encode;
    /// Throws an Error for bytes that are not of this form.
    std::function<Value(std::string_view body)> decode;

    /// Whether both functions are those of json_serializer(): bodies then go straight between JSON and C++ types, past
    /// both, where that comes to the same.
    bool is_json() const;
};

/// The default of Nameko: application/json in UTF-8, as Python writes it.
Serializer json_serializer();
/// MessagePack; application/x-msgpack. Texts that are no UTF-8 are written as `bin`, which is read as a text. Has no
/// room for integers beyond 64 bits, and reads neither extension types nor maps whose keys are no texts.
Serializer msgpack_serializer();
/// Texts and bytes as they are; application/data. Encodes strings only.
Serializer raw_serializer();

}  // namespace hiratake
