#pragma once

#include <string>
#include <string_view>

namespace hiratake::amqp {

/// The octets that the hexadecimal digits of the text stand for; everything else in it is passed over.
inline std::string from_hex(std::string_view text) {
    constexpr std::string_view digits = "0123456789abcdef";
    std::string octets;
    int high = -1;
    for (const char character : text) {
        const std::size_t digit = digits.find(character);
        if (digit == std::string_view::npos) continue;
        if (high < 0) {
            high = static_cast<int>(digit);
        } else {
            octets.push_back(static_cast<char>(high * 16 + static_cast<int>(digit)));
            high = -1;
        }
    }
    return octets;
}

inline std::string to_hex(std::string_view octets) {
    constexpr std::string_view digits = "0123456789abcdef";
    std::string text;
    for (const char character : octets) {
        const auto octet = static_cast<unsigned char>(character);
        text.push_back(digits[octet >> 4U]);
        text.push_back(digits[octet & 0xFU]);
    }
    return text;
}

}  // namespace hiratake::amqp
