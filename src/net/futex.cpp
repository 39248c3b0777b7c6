#include "net/futex.hpp"

#include <linux/futex.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <chrono>
#include <ctime>

namespace hiratake::net {
namespace {

static_assert(sizeof(std::atomic<std::uint32_t>) == sizeof(std::uint32_t));

timespec to_timespec(TimePoint at) {
    const auto since_start = at.time_since_epoch();
    const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(since_start);
    return {.tv_sec = seconds.count(), .tv_nsec = std::chrono::nanoseconds{since_start - seconds}.count()};
}

}  // namespace

void futex_wait(const std::atomic<std::uint32_t>& word, std::uint32_t seen, Deadline deadline) {
    const timespec until = to_timespec(deadline.at());
    // The one of the operations whose time is a moment, and of the monotonic clock.
    syscall(SYS_futex, &word, FUTEX_WAIT_BITSET_PRIVATE, seen, deadline.is_never() ? nullptr : &until, nullptr,
            FUTEX_BITSET_MATCH_ANY);
}

void futex_wake(const std::atomic<std::uint32_t>* word) {
    syscall(SYS_futex, word, FUTEX_WAKE_PRIVATE, 1, nullptr, nullptr, 0);
}

}  // namespace hiratake::net
