#include "amqp/byte_buffer.hpp"

#include <algorithm>

namespace hiratake::amqp {
namespace {

/// Enough for the properties of a usual message.
constexpr std::size_t first_capacity = 256;

}  // namespace

void ByteBuffer::enlarge(std::size_t count) {
    move_to(std::max({first_capacity, 2 * capacity_, size_ + count}));
}

void ByteBuffer::move_to(std::size_t capacity) {
    std::unique_ptr<char[]> larger{new char[capacity]};
    if (size_ > 0) std::memcpy(larger.get(), bytes_, size_);
    own_ = std::move(larger);
    bytes_ = own_.get();
    capacity_ = capacity;
}

}  // namespace hiratake::amqp
