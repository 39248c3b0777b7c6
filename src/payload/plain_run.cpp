#include "payload/plain_run.hpp"

#include <bit>
#include <cstdint>
#include <cstring>

namespace hiratake::payload {
namespace {

constexpr std::uint64_t in_each_byte(std::uint64_t byte) {
    return byte * 0x0101010101010101u;
}

/// A high bit in each byte of `word` that is not plain. Bytes above the lowest that is marked may be marked by mistake.
constexpr std::uint64_t special_bytes(std::uint64_t word) {
    const auto zero_bytes = [](std::uint64_t w) { return (w - in_each_byte(1)) & ~w; };
    const std::uint64_t controls = (word - in_each_byte(0x20)) & ~word;
    return (zero_bytes(word ^ in_each_byte('"')) | zero_bytes(word ^ in_each_byte('\\')) |
            zero_bytes(word ^ in_each_byte(0x7f)) | controls | word) &
           in_each_byte(0x80);
}

constexpr bool is_plain(char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte >= 0x20 && byte < 0x7f && c != '"' && c != '\\';
}

}  // namespace

const char* end_of_plain_run(const char* at, const char* end) {
    while (end - at >= 8) {
        std::uint64_t word = 0;
        std::memcpy(&word, at, 8);
        if constexpr (std::endian::native == std::endian::little) {
            const std::uint64_t special = special_bytes(word);
            if (special != 0) return at + std::countr_zero(special) / 8;
        } else if (special_bytes(word) != 0) {
            break;
        }
        at += 8;
    }
    while (at != end && is_plain(*at)) ++at;
    return at;
}

}  // namespace hiratake::payload
