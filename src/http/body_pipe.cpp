#include "http/body_pipe.hpp"

#include <algorithm>
#include <utility>

#include "hiratake/base/deadline.hpp"
#include "hiratake/http/response_interrupted.hpp"

namespace hiratake::http {

ResponseInterrupted::~ResponseInterrupted() = default;

void BodyPipe::write(std::string_view bytes) {
    std::unique_lock lock(mutex_);
    while (true) {
        if (!interruption_.empty()) throw ResponseInterrupted(interruption_);
        const auto length = std::min(bytes.size(), capacity - bytes_.size() + read_);
        bytes_.append(bytes.substr(0, length));
        bytes.remove_prefix(length);
        if (length > 0) wake_reader();
        if (bytes.empty()) return;
        lock.unlock();
        writer_.park();
        lock.lock();
    }
}

bool BodyPipe::wait(Duration time) {
    const auto deadline = Deadline::after(SystemClock{}.now(), time);
    while (true) {
        {
            const std::scoped_lock lock(mutex_);
            if (is_draining_ || !interruption_.empty()) return false;
        }
        // Woken for nothing when the reader has taken something that an earlier write has left.
        if (!writer_.park(deadline)) return true;
    }
}

void BodyPipe::end(BodySource::State state) {
    const std::scoped_lock lock(mutex_);
    state_ = state;
    wake_reader();
}

void BodyPipe::wake_reader() {
    if (std::exchange(is_reader_waiting_, false)) on_ready_();
}

void BodyPipe::start(net::UniqueFunction<void()> on_ready) {
    const std::scoped_lock lock(mutex_);
    on_ready_ = std::move(on_ready);
}

BodySource::State BodyPipe::read(std::string& out, std::size_t max_bytes) {
    const std::scoped_lock lock(mutex_);
    const auto length = std::min(max_bytes, bytes_.size() - read_);
    out.append(bytes_, read_, length);
    read_ += length;
    if (read_ == bytes_.size()) {
        bytes_.clear();
        read_ = 0;
    } else if (read_ > capacity / 2) {
        bytes_.erase(0, std::exchange(read_, 0));
    }
    if (length > 0) writer_.unpark();
    if (!bytes_.empty()) return BodySource::State::more;
    is_reader_waiting_ = state_ == BodySource::State::waiting;
    return state_;
}

void BodyPipe::drain() {
    const std::scoped_lock lock(mutex_);
    is_draining_ = true;
    writer_.unpark();
}

void BodyPipe::interrupt(const std::string& reason) {
    const std::scoped_lock lock(mutex_);
    if (interruption_.empty()) interruption_ = reason;
    writer_.unpark();
}

}  // namespace hiratake::http
