#include "payload/base64.hpp"

#include <array>
#include <cstdint>

namespace hiratake::payload {
namespace {

constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
constexpr std::uint32_t no_digit = 64;

std::uint32_t digit_of(char c) {
    const std::size_t position = alphabet.find(c);
    return position == std::string_view::npos ? no_digit : static_cast<std::uint32_t>(position);
}

std::uint32_t byte_at(std::string_view bytes, std::size_t i) {
    return i < bytes.size() ? static_cast<unsigned char>(bytes[i]) : 0u;
}

}  // namespace

std::string encode_base64(std::string_view bytes) {
    std::string text;
    text.reserve((bytes.size() + 2) / 3 * 4);
    for (std::size_t i = 0; i < bytes.size(); i += 3) {
        const std::uint32_t group = byte_at(bytes, i) << 16 | byte_at(bytes, i + 1) << 8 | byte_at(bytes, i + 2);
        const std::size_t held = bytes.size() - i;
        text += alphabet[group >> 18];
        text += alphabet[group >> 12 & 63];
        text += held > 1 ? alphabet[group >> 6 & 63] : '=';
        text += held > 2 ? alphabet[group & 63] : '=';
    }
    return text;
}

std::optional<std::string> decode_base64(std::string_view text) {
    if (text.size() % 4 != 0) return std::nullopt;
    const std::size_t padding = text.ends_with("==") ? 2 : text.ends_with('=') ? 1 : 0;
    std::string bytes;
    bytes.reserve(text.size() / 4 * 3);
    for (std::size_t i = 0; i < text.size(); i += 4) {
        const std::size_t digits = i + 4 == text.size() ? 4 - padding : 4;
        std::uint32_t group = 0;
        for (std::size_t j = 0; j < 4; ++j) {
            const std::uint32_t digit = j < digits ? digit_of(text[i + j]) : 0;
            if (digit == no_digit) return std::nullopt;
            group = group << 6 | digit;
        }
        bytes += static_cast<char>(group >> 16);
        if (digits > 2) bytes += static_cast<char>(group >> 8 & 255);
        if (digits > 3) bytes += static_cast<char>(group & 255);
    }
    return bytes;
}

}  // namespace hiratake::payload
