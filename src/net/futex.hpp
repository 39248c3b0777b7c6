#pragma once

#include <atomic>
#include <cstdint>

#include "hiratake/base/deadline.hpp"

namespace hiratake::net {

/// Blocks the thread until futex_wake() of this word, unless it no longer holds `seen`, or until the deadline (of the
/// machine's clock). May return for no reason at all (futex(2)).
void futex_wait(const std::atomic<std::uint32_t>& word, std::uint32_t seen, Deadline deadline);

/// Wakes one thread that waits for the word, which may be gone already: it is not looked at.
void futex_wake(const std::atomic<std::uint32_t>* word);

}  // namespace hiratake::net
