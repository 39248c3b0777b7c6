#pragma once

#include <initializer_list>
#include <memory>

#include "net/unique_function.hpp"

namespace hiratake::net {

class EventLoop;

/// Signals as calls on a loop's thread, for as long as this object lives; then their former meaning is back.
class Signals {
  public:
    /// `count`: 1 for the first of these signals to arrive, 2 for the second, …
    using Handler = UniqueFunction<void(int signal_number, int count)>;

    /// Throws Error when the operating system refuses. The loop must outlive this object.
    Signals(EventLoop& loop, std::initializer_list<int> signal_numbers, Handler handler);
    /// On the loop's thread, or when the loop no longer runs.
    ~Signals();
    Signals(const Signals&) = delete;
    Signals& operator=(const Signals&) = delete;

  private:
    struct State;
    // Shared between this object and the wait under way, which may outlast it.
    std::shared_ptr<State> state_;
};

}  // namespace hiratake::net
