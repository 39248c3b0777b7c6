#include "net/memory_pipe.hpp"

#include <algorithm>
#include <boost/asio/error.hpp>
#include <cstring>

#include "net/event_loop.hpp"

namespace hiratake::net {
namespace {

namespace error = boost::asio::error;

constexpr std::size_t smallest_portion = std::size_t{2} * 1024;

}  // namespace

MemoryPipe::MemoryPipe(EventLoop& writer_loop, EventLoop& reader_loop, std::size_t capacity)
    : writer_loop_(writer_loop), reader_loop_(reader_loop), capacity_(capacity) {}

// Where both sides have one loop, its thread alone comes here.
std::unique_lock<std::mutex> MemoryPipe::lock() {
    if (!has_two_threads()) return {};
    return std::unique_lock{mutex_};
}

void MemoryPipe::async_read_some(std::span<char> buffer, ByteStream::ReadHandler handler) {
    const auto lock = this->lock();
    read_ = Read{buffer, std::move(handler)};
    transfer();
}

void MemoryPipe::async_write(std::vector<std::string_view> buffers, ByteStream::WriteHandler handler) {
    const auto lock = this->lock();
    write_ = Write{std::move(buffers), 0, std::move(handler)};
    transfer();
}

std::size_t MemoryPipe::write_now(std::string_view bytes) {
    const auto lock = this->lock();
    if (read_closed_ || write_closed_) return 0;
    const std::size_t handed_over = hand_over(bytes);
    const std::string_view kept = bytes.substr(handed_over, capacity_ - size());
    bytes_.append(kept);
    return handed_over + kept.size();
}

void MemoryPipe::close_write() {
    const auto lock = this->lock();
    write_closed_ = true;
    finish_write(error::operation_aborted);
    transfer();
}

void MemoryPipe::close_read() {
    const auto lock = this->lock();
    read_closed_ = true;
    bytes_.clear();
    handed_out_ = 0;
    finish_read(error::operation_aborted, 0);
    transfer();
}

void MemoryPipe::transfer() {
    if (read_closed_ || write_closed_) finish_write(error::broken_pipe);
    do {
        accept_bytes();
    } while (hand_out_bytes());
    if (read_ && write_closed_ && size() == 0) finish_read(error::eof, 0);
}

std::size_t MemoryPipe::hand_over(std::string_view bytes) {
    if (!read_ || bytes.empty()) return 0;
    const std::size_t length = portion(bytes.size());
    std::memcpy(read_->buffer.data(), bytes.data(), length);
    finish_read({}, length);
    return length;
}

void MemoryPipe::accept_bytes() {
    if (!write_) return;
    for (; write_->next < write_->buffers.size(); ++write_->next) {
        auto& bytes = write_->buffers[write_->next];
        const auto room = capacity_ - size();
        bytes_.append(bytes.substr(0, room));
        if (bytes.size() > room) {
            bytes.remove_prefix(room);
            return;
        }
    }
    finish_write({});
}

bool MemoryPipe::hand_out_bytes() {
    if (!read_ || size() == 0) return false;
    const std::size_t length = portion(size());
    std::memcpy(read_->buffer.data(), bytes_.data() + handed_out_, length);
    handed_out_ += length;
    // Moved to the front only when that is cheap beside what has been read.
    if (size() == 0 || handed_out_ >= capacity_) {
        bytes_.erase(0, handed_out_);
        handed_out_ = 0;
    }
    finish_read({}, length);
    return true;
}

// Half of what is there, where the sides have two threads: the other goes on with what becomes of that while this one
// reads the rest.
std::size_t MemoryPipe::portion(std::size_t available) const {
    const std::size_t wanted = has_two_threads() ? std::max(available / 2, smallest_portion) : available;
    return std::min({wanted, available, read_->buffer.size()});
}

void MemoryPipe::finish_read(ErrorCode error, std::size_t length) {
    if (!read_) return;
    reader_loop_.post([handler = std::move(read_->handler), error, length]() mutable { handler(error, length); });
    read_.reset();
}

void MemoryPipe::finish_write(ErrorCode error) {
    if (!write_) return;
    writer_loop_.post([handler = std::move(write_->handler), error]() mutable { handler(error); });
    write_.reset();
}

}  // namespace hiratake::net
