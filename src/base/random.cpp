#include "hiratake/base/random.hpp"

namespace hiratake {
namespace {

std::mt19937_64 system_seeded_engine() {
    std::random_device device;
    std::seed_seq seed{device(), device(), device(), device(), device(), device(), device(), device()};
    return std::mt19937_64{seed};
}

// The lowest digits of a value; where they end.
char* write_hexadecimal(char* to, std::uint64_t value, int digit_count) {
    for (int shift = 4 * (digit_count - 1); shift >= 0; shift -= 4) *to++ = "0123456789abcdef"[(value >> shift) & 0xf];
    return to;
}

}  // namespace

Random::Random() : engine_(system_seeded_engine()) {}

std::uint64_t Random::next() {
    const std::lock_guard lock{mutex_};
    return engine_();
}

double Random::unit() {
    return static_cast<double>(next() >> 11) * 0x1.0p-53;
}

std::string Random::uuid4() {
    std::uint64_t high = 0;
    std::uint64_t low = 0;
    {
        const std::lock_guard lock{mutex_};
        high = engine_();
        low = engine_();
    }
    high = (high & ~0xf000ULL) | 0x4000ULL;
    low = (low & ~(3ULL << 62)) | (2ULL << 62);

    std::string uuid(36, '-');
    char* to = uuid.data();
    to = write_hexadecimal(to, high >> 32, 8) + 1;
    to = write_hexadecimal(to, high >> 16, 4) + 1;
    to = write_hexadecimal(to, high, 4) + 1;
    to = write_hexadecimal(to, low >> 48, 4) + 1;
    write_hexadecimal(to, low, 12);
    return uuid;
}

}  // namespace hiratake
