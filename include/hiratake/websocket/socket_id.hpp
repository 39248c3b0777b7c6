#pragma once

#include <compare>
#include <string>
#include <utility>

#include "hiratake/payload/converter.hpp"

namespace hiratake {

/// Names one WebSocket connection, among those of all instances: the uuid that the client was told when it connected.
/// As the first parameter of a websocket() method it is the socket that sent the request; elsewhere it is a JSON
/// string.
struct SocketId {
    SocketId() = default;
    explicit SocketId(std::string socket_id) : value(std::move(socket_id)) {}

    std::string value;

    friend auto operator<=>(const SocketId&, const SocketId&) = default;
};

template <>
struct Converter<SocketId> {
    static Value to_value(const SocketId& id) { return id.value; }
    static SocketId from_value(const Value& value, const ValuePath& path) {
        if (const std::string* text = value.get_if<std::string>()) return SocketId{*text};
        throw ConversionError(path, "the id of a socket", value);
    }
    static Value schema(SchemaBuilder&) { return Object{{"type", "string"}, {"format", "uuid"}}; }
};

}  // namespace hiratake
