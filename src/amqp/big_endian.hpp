#pragma once

#include <concepts>
#include <cstddef>
#include <cstdint>

namespace hiratake::amqp {

/// Reads an unsigned integer in network byte order from sizeof(Unsigned) octets.
template <std::unsigned_integral Unsigned>
Unsigned load_big_endian(const char* octets) {
    Unsigned value = 0;
    for (std::size_t i = 0; i < sizeof(Unsigned); ++i) {
        value =
            static_cast<Unsigned>((static_cast<std::uint64_t>(value) << 8U) | static_cast<unsigned char>(octets[i]));
    }
    return value;
}

/// Writes an unsigned integer in network byte order into sizeof(Unsigned) octets.
template <std::unsigned_integral Unsigned>
void store_big_endian(char* octets, Unsigned value) {
    for (std::size_t i = sizeof(Unsigned); i-- > 0;) {
        octets[i] = static_cast<char>(value & 0xFFU);
        value = static_cast<Unsigned>(static_cast<std::uint64_t>(value) >> 8U);
    }
}

}  // namespace hiratake::amqp
