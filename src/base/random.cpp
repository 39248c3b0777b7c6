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

Uuid Random::uuid4() {
    std::unique_lock lock{mutex_};
    const std::uint64_t high = engine_();
    const std::uint64_t low = engine_();
    lock.unlock();
    return {high, low};
}

}  // namespace hiratake
