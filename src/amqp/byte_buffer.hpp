#pragma once

#include <cstddef>
#include <cstring>
#include <memory>
#include <span>
#include <string_view>
#include <utility>

namespace hiratake::amqp {

/// The bytes that encoders append to. New room is handed out as it is, to be filled in place: a std::string would fill
/// it with zeros first, and that for each number and each name.
class ByteBuffer {
  public:
    ByteBuffer() = default;
    explicit ByteBuffer(std::string_view bytes) { append(bytes); }
    /// Begins in memory of the caller's, which lasts longer, and gets its own only when it needs more.
    explicit ByteBuffer(std::span<char> room) : bytes_(room.data()), capacity_(room.size()) {}
    ByteBuffer(ByteBuffer&& other) noexcept { swap(other); }
    ByteBuffer& operator=(ByteBuffer&& other) noexcept {
        swap(other);
        return *this;
    }

    std::size_t size() const { return size_; }
    bool empty() const { return size_ == 0; }
    char* data() { return bytes_; }
    char& back() { return bytes_[size_ - 1]; }
    std::string_view view() const { return {bytes_, size_}; }
    operator std::string_view() const { return view(); }

    /// Room for `count` more bytes at the end, which the caller fills before anything else happens. Valid until more is
    /// appended.
    char* grow(std::size_t count) {
        if (capacity_ - size_ < count) enlarge(count);
        char* const room = bytes_ + size_;
        size_ += count;
        return room;
    }
    void append(std::string_view bytes) {
        if (!bytes.empty()) std::memcpy(grow(bytes.size()), bytes.data(), bytes.size());
    }
    void push_back(char byte) { *grow(1) = byte; }

    /// Takes bytes off the end; their memory is kept, as by clear().
    void truncate(std::size_t size) { size_ = size; }
    void clear() { size_ = 0; }
    void reserve(std::size_t capacity) {
        if (capacity > capacity_) move_to(capacity);
    }

    void swap(ByteBuffer& other) noexcept {
        std::swap(bytes_, other.bytes_);
        std::swap(own_, other.own_);
        std::swap(size_, other.size_);
        std::swap(capacity_, other.capacity_);
    }
    friend bool operator==(const ByteBuffer& one, const ByteBuffer& other) { return one.view() == other.view(); }
    friend bool operator==(const ByteBuffer& one, std::string_view other) { return one.view() == other; }

  private:
    /// Makes room for `count` more bytes, and for as much again. Apart, so that grow() is small where it stands.
    void enlarge(std::size_t count);
    void move_to(std::size_t capacity);

    char* bytes_ = nullptr;
    std::unique_ptr<char[]> own_;
    std::size_t size_ = 0;
    std::size_t capacity_ = 0;
};

}  // namespace hiratake::amqp
