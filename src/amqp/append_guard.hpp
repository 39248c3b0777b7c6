#pragma once

#include <cstddef>

#include "amqp/byte_buffer.hpp"

namespace hiratake::amqp {

/// Takes a buffer back to where it was unless told to keep what has been appended since.
class AppendGuard {
  public:
    explicit AppendGuard(ByteBuffer& out) : out_(out), size_(out.size()) {}
    AppendGuard(const AppendGuard&) = delete;
    AppendGuard& operator=(const AppendGuard&) = delete;
    ~AppendGuard() {
        if (!kept_) out_.truncate(size_);
    }

    void keep() { kept_ = true; }

  private:
    ByteBuffer& out_;
    std::size_t size_;
    bool kept_ = false;
};

}  // namespace hiratake::amqp
