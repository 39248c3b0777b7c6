#pragma once

#include <boost/context/fiber.hpp>
#include <cstdint>
#include <string>
#include <string_view>

#include "hiratake/base/deadline.hpp"
#include "net/fiber_stack.hpp"
#include "net/stack_switch.hpp"
#include "net/unique_function.hpp"

namespace hiratake::net {

/// Runs one task after another on a stack of its own. A task that waits suspends the fiber, and the thread goes on with
/// something else. A fiber belongs to one thread: start(), resume() and all that the tasks do happen there.
///
/// Nobody waits by suspend() directly: Parker does, which works on threads as well.
class Fiber {
  public:
    /// Which of its waits a fiber is woken from: a wake-up that comes when that one is over does nothing.
    using Wait = std::uint64_t;

    /// Who runs the fibers of a thread.
    class Scheduler {
      public:
        virtual ~Scheduler() = default;
        /// Resumes the fiber soon, if that wait is still on then; never inside this call. From any thread.
        virtual void wake(Fiber& fiber, Wait wait) = 0;
        /// Suspends the fiber that calls until it is woken or the deadline (of the machine's clock) passes.
        virtual void suspend(Fiber& fiber, Deadline deadline) = 0;
        /// Runs the task on a thread that may block, and suspends the fiber that calls meanwhile. Rethrows what
        /// escapes the task. Throws Error when there is no such thread to be had.
        virtual void run_blocking(UniqueFunction<void()> task) = 0;
        /// For what is said of the task that the fiber runs.
        virtual void name_task(Fiber& fiber, std::string_view name) = 0;
        /// On the fiber: runs a task, and sees to what escapes it.
        virtual void call(UniqueFunction<void()>& task) noexcept = 0;
    };

    /// @throws Error when there is no memory for the stack
    Fiber(std::size_t stack_bytes, Scheduler& scheduler);
    /// It must be idle.
    ~Fiber();
    Fiber(const Fiber&) = delete;
    Fiber& operator=(const Fiber&) = delete;

    /// The one that runs the caller; null on the plain stack of a thread.
    static Fiber* current();

    /// Returns when the task waits, or has ended.
    void start(UniqueFunction<void()>&& task);
    /// As start(), for the task that waits.
    void resume();
    bool is_idle() const { return !has_task_; }
    bool waits_for(Wait wait) const { return is_suspended_ && wait == wait_; }

    /// On the fiber: the wait that the next suspend() is.
    Wait next_wait() const { return wait_ + 1; }
    /// On the fiber: returns when resume() is called.
    void suspend();

    Scheduler& scheduler() { return scheduler_; }
    /// Guarded by the scheduler.
    std::string& task_name() { return task_name_; }

  private:
    // What the C++ runtime keeps for each thread: the exceptions that are being handled. (Itanium C++ ABI, 2.2.2.)
    struct ExceptionGlobals {
        void* caught = nullptr;
        unsigned int uncaught = 0;
    };

    static ExceptionGlobals& globals_of_thread();
    boost::context::fiber run_tasks(boost::context::fiber resumer);
    void enter();

    Scheduler& scheduler_;
    FiberStack stack_;
    StackSwitch switch_;
    boost::context::fiber context_;
    boost::context::fiber resumer_;
    ExceptionGlobals exceptions_;
    UniqueFunction<void()> task_;
    // Up to the end of what the task holds.
    bool has_task_ = false;
    Wait wait_ = 0;
    bool is_suspended_ = false;
    std::string task_name_;
};

}  // namespace hiratake::net
