#pragma once

#include <cstddef>

namespace hiratake::broker::core {

/// Counts the bytes that messages hold, each message once however many queues it lies in.
class MemoryMeter {
  public:
    void add(std::size_t bytes) { used_ += bytes; }
    void remove(std::size_t bytes) { used_ -= bytes; }
    std::size_t used() const { return used_; }

  private:
    std::size_t used_ = 0;
};

}  // namespace hiratake::broker::core
