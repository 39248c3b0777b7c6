#pragma once

#include <cstdint>
#include <mutex>
#include <random>

#include "hiratake/base/uuid.hpp"

namespace hiratake {

/// The source of chance: uuids, jitter, generated names. Everything above `base` is handed one. Safe from any thread.
class Random {
  public:
    /// Seeded by the operating system.
    Random();
    /// The same numbers in the same order, every time: for tests.
    explicit Random(std::uint64_t seed) : engine_(seed) {}

    std::uint64_t next();
    /// Evenly spread over [0, 1).
    double unit();
    Uuid uuid4();

  private:
    std::mutex mutex_;
    std::mt19937_64 engine_;
};

}  // namespace hiratake
