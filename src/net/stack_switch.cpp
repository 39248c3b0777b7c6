#include "net/stack_switch.hpp"

#if defined(HIRATAKE_ADDRESS_SANITIZER)
#include <sanitizer/common_interface_defs.h>
#elif defined(HIRATAKE_THREAD_SANITIZER)
#include <sanitizer/tsan_interface.h>
#endif

namespace hiratake::net {

#if defined(HIRATAKE_ADDRESS_SANITIZER)

struct StackSwitch::State {
    const void* lowest;
    std::size_t bytes;
    // Where the one who resumes has what it needs after the fiber, and the fiber after it.
    void* resumer_frames = nullptr;
    void* fiber_frames = nullptr;
    const void* resumer_lowest = nullptr;
    std::size_t resumer_bytes = 0;
};

StackSwitch::StackSwitch(const void* lowest, std::size_t bytes) : state_(new State{lowest, bytes}) {}

StackSwitch::~StackSwitch() {
    delete state_;
}

void StackSwitch::before_resume() {
    __sanitizer_start_switch_fiber(&state_->resumer_frames, state_->lowest, state_->bytes);
}

void StackSwitch::after_resume() {
    __sanitizer_finish_switch_fiber(state_->resumer_frames, nullptr, nullptr);
}

void StackSwitch::begin() {
    __sanitizer_finish_switch_fiber(nullptr, &state_->resumer_lowest, &state_->resumer_bytes);
}

void StackSwitch::before_suspend() {
    __sanitizer_start_switch_fiber(&state_->fiber_frames, state_->resumer_lowest, state_->resumer_bytes);
}

void StackSwitch::after_suspend() {
    __sanitizer_finish_switch_fiber(state_->fiber_frames, &state_->resumer_lowest, &state_->resumer_bytes);
}

void StackSwitch::end() {
    __sanitizer_start_switch_fiber(nullptr, state_->resumer_lowest, state_->resumer_bytes);
}

#elif defined(HIRATAKE_THREAD_SANITIZER)

// ThreadSanitizer keeps a stack of calls for each fiber. What is entered on one and left on another would take from
// that one's stack what is not its own.
#if defined(__clang__)
#define HIRATAKE_NOT_INSTRUMENTED [[clang::disable_sanitizer_instrumentation]]
#else
#define HIRATAKE_NOT_INSTRUMENTED [[gnu::no_sanitize("thread")]]
#endif

struct StackSwitch::State {
    void* fiber = __tsan_create_fiber(0);
    void* resumer = nullptr;
    bool has_ended = false;
};

StackSwitch::StackSwitch(const void* /*lowest*/, std::size_t /*bytes*/) : state_(new State) {}

StackSwitch::~StackSwitch() {
    __tsan_destroy_fiber(state_->fiber);
    delete state_;
}

HIRATAKE_NOT_INSTRUMENTED void StackSwitch::before_resume() {
    state_->resumer = __tsan_get_current_fiber();
    __tsan_switch_to_fiber(state_->fiber, 0);
}

HIRATAKE_NOT_INSTRUMENTED void StackSwitch::after_resume() {
    if (state_->has_ended) __tsan_switch_to_fiber(state_->resumer, 0);
}

void StackSwitch::begin() {}

HIRATAKE_NOT_INSTRUMENTED void StackSwitch::before_suspend() {
    __tsan_switch_to_fiber(state_->resumer, 0);
}

void StackSwitch::after_suspend() {}

void StackSwitch::end() {
    // The functions that the fiber returns from are still its own: the one who resumed it switches.
    state_->has_ended = true;
}

#undef HIRATAKE_NOT_INSTRUMENTED

#else

StackSwitch::StackSwitch(const void* /*lowest*/, std::size_t /*bytes*/) {}
StackSwitch::~StackSwitch() = default;
void StackSwitch::before_resume() {}
void StackSwitch::after_resume() {}
void StackSwitch::begin() {}
void StackSwitch::before_suspend() {}
void StackSwitch::after_suspend() {}
void StackSwitch::end() {}

#endif

}  // namespace hiratake::net
