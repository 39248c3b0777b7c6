#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "amqp/big_endian.hpp"

namespace hiratake::amqp {

/// The two numbers that name a method on the wire.
struct MethodId {
    std::uint16_t class_id = 0;
    std::uint16_t method_id = 0;
    constexpr bool operator==(const MethodId&) const = default;
};

/// How many bytes the id takes at the start of a method frame's payload.
inline constexpr std::size_t method_id_size = 4;

/// The id at the start of a method frame's payload; none when the payload is shorter than that.
inline std::optional<MethodId> peek_method_id(std::string_view payload) {
    if (payload.size() < method_id_size) return std::nullopt;
    return MethodId{load_big_endian<std::uint16_t>(payload.data()), load_big_endian<std::uint16_t>(payload.data() + 2)};
}

}  // namespace hiratake::amqp
