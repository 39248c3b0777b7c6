#include "amqp/byte_buffer.hpp"

#include <algorithm>

namespace hiratake::amqp {

void ByteBuffer::enlarge(std::size_t capacity) {
    capacity = std::max(capacity, 2 * capacity_);
    std::unique_ptr<char[]> larger{new char[capacity]};
    if (size_ > 0) std::memcpy(larger.get(), bytes_.get(), size_);
    bytes_ = std::move(larger);
    capacity_ = capacity;
}

}  // namespace hiratake::amqp
