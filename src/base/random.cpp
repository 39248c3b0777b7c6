#include "hiratake/base/random.hpp"

namespace hiratake {
namespace {

std::mt19937_64 system_seeded_engine() {
    std::random_device device;
    std::seed_seq seed{device(), device(), device(), device(), device(), device(), device(), device()};
    return std::mt19937_64{seed};
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

    static constexpr char digits[] = "0123456789abcdef";
    std::string uuid(36, '-');
    std::size_t nibble = 0;
    for (std::size_t at = 0; at < uuid.size(); ++at) {
        if (at == 8 || at == 13 || at == 18 || at == 23) continue;
        const std::uint64_t half = nibble < 16 ? high : low;
        uuid[at] = digits[(half >> (60 - 4 * (nibble % 16))) & 0xf];
        ++nibble;
    }
    return uuid;
}

}  // namespace hiratake
