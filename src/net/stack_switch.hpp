#pragma once

#include <cstddef>

namespace hiratake::net {

/// Tells the sanitizers which stack runs: a change of stacks looks like an overflow or a race to them. One for each
/// fiber. Does nothing in other builds.
class StackSwitch {
  public:
    StackSwitch(const void* lowest, std::size_t bytes);
    ~StackSwitch();
    StackSwitch(const StackSwitch&) = delete;
    StackSwitch& operator=(const StackSwitch&) = delete;

    /// Around the jump to the fiber, on the stack of the one who resumes it.
    void before_resume();
    void after_resume();
    /// The first thing that the fiber does.
    void begin();
    /// Around the jump back, on the fiber.
    void before_suspend();
    void after_suspend();
    /// The last thing that the fiber does.
    void end();

  private:
    struct State;
    State* state_ = nullptr;
};

}  // namespace hiratake::net
