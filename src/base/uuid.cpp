#include "hiratake/base/uuid.hpp"

#include <cstddef>
#include <cstring>

namespace hiratake {
namespace {

// The two digits of each byte, one behind the other.
constexpr auto digits = [] {
    std::array<char, 512> all{};
    for (std::size_t byte = 0; byte < 256; ++byte) {
        all[2 * byte] = "0123456789abcdef"[byte >> 4];
        all[2 * byte + 1] = "0123456789abcdef"[byte & 0xf];
    }
    return all;
}();

// The lowest bytes of a value, the highest of them first; where they end.
char* write(char* to, std::uint64_t value, int bytes) {
    for (int shift = 8 * (bytes - 1); shift >= 0; shift -= 8, to += 2) {
        std::memcpy(to, &digits[2 * ((value >> shift) & 0xff)], 2);
    }
    return to;
}

}  // namespace

Uuid::Uuid(std::uint64_t high, std::uint64_t low) {
    high = (high & ~0xf000ULL) | 0x4000ULL;
    low = (low & ~(3ULL << 62)) | (2ULL << 62);
    characters_.fill('-');
    char* to = characters_.data();
    to = write(to, high >> 32, 4) + 1;
    to = write(to, high >> 16, 2) + 1;
    to = write(to, high, 2) + 1;
    to = write(to, low >> 48, 2) + 1;
    write(to, low, 6);
}

}  // namespace hiratake
