#include "net/run_and_wait.hpp"

#include <memory>
#include <utility>

#include "net/event_loop.hpp"
#include "net/parker.hpp"

namespace hiratake::net {

bool run_and_wait(EventLoop& loop, UniqueFunction<void()> task, Duration longest) {
    // Shared with the loop, which may come to the task after the wait.
    const auto has_run = std::make_shared<Parker>();
    loop.post([task = std::move(task), has_run]() mutable {
        task();
        has_run->unpark();
    });
    return has_run->park(Deadline::after(SystemClock{}.now(), longest));
}

}  // namespace hiratake::net
