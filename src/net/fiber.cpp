#include "net/fiber.hpp"

#include <cxxabi.h>

#include <memory>
#include <utility>

namespace hiratake::net {
namespace {

constinit thread_local Fiber* current_fiber = nullptr;

/// Boost.Context would give the stack back at the end of the context; the fiber does, when it has told the sanitizers.
struct BorrowedStack {
    boost::context::stack_context allocate() { return {}; }
    void deallocate(boost::context::stack_context& /*stack*/) noexcept {}
};

}  // namespace

Fiber::Fiber(std::size_t stack_bytes, Scheduler& scheduler)
    : scheduler_(scheduler), stack_(stack_bytes), switch_(stack_.lowest(), stack_.bytes()) {
    boost::context::stack_context memory;
    memory.sp = stack_.top();
    memory.size = stack_.bytes();
    context_ = boost::context::fiber(std::allocator_arg, boost::context::preallocated(memory.sp, memory.size, memory),
                                     BorrowedStack{},
                                     [this](boost::context::fiber&& resumer) { return run_tasks(std::move(resumer)); });
}

Fiber::~Fiber() {
    // Without a task it returns from run_tasks().
    enter();
}

Fiber* Fiber::current() {
    return current_fiber;
}

Fiber::ExceptionGlobals& Fiber::globals_of_thread() {
    return *reinterpret_cast<ExceptionGlobals*>(abi::__cxa_get_globals());
}

// Not a thread-local is read here: the last turn may be on another thread.
boost::context::fiber Fiber::run_tasks(boost::context::fiber resumer) {
    switch_.begin();
    resumer_ = std::move(resumer);
    while (has_task_) {
        {
            auto task = std::move(task_);
            scheduler_.call(task);
        }
        has_task_ = false;
        suspend();
    }
    switch_.end();
    return std::move(resumer_);
}

void Fiber::start(UniqueFunction<void()>&& task) {
    task_ = std::move(task);
    has_task_ = true;
    enter();
}

void Fiber::resume() {
    enter();
}

void Fiber::enter() {
    is_suspended_ = false;
    Fiber* const outer = std::exchange(current_fiber, this);
    const ExceptionGlobals of_resumer = std::exchange(globals_of_thread(), exceptions_);
    switch_.before_resume();
    context_ = std::move(context_).resume();
    switch_.after_resume();
    exceptions_ = std::exchange(globals_of_thread(), of_resumer);
    current_fiber = outer;
}

void Fiber::suspend() {
    ++wait_;
    is_suspended_ = true;
    switch_.before_suspend();
    resumer_ = std::move(resumer_).resume();
    switch_.after_suspend();
}

}  // namespace hiratake::net
