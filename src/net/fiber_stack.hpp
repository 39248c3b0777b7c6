#pragma once

#include <cstddef>

namespace hiratake::net {

/// The memory that one fiber has for its calls. Below it lies a page that must not be touched: a fiber that needs more
/// ends the process there, rather than write over what belongs to others. What is never touched costs no memory.
class FiberStack {
  public:
    /// @param bytes rounded up to whole pages
    /// @throws Error when the system gives no more memory, or no more mappings
    explicit FiberStack(std::size_t bytes);
    ~FiberStack();
    FiberStack(const FiberStack&) = delete;
    FiberStack& operator=(const FiberStack&) = delete;

    void* lowest() const;
    /// It is used from here downwards.
    void* top() const;
    std::size_t bytes() const { return bytes_; }

  private:
    std::size_t bytes_;
    void* mapping_;
};

}  // namespace hiratake::net
