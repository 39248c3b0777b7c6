#include "hiratake/service/waiting.hpp"

#include "net/fiber.hpp"
#include "net/parker.hpp"

namespace hiratake {

void pause_for(Duration duration) {
    net::Parker{}.park(Deadline::after(SystemClock{}.now(), duration));
}

namespace detail {

void run_blocking(UniqueFunction<void()> task) {
    net::Fiber* const fiber = net::Fiber::current();
    if (!fiber) return task();
    fiber->scheduler().run_blocking(std::move(task));
}

}  // namespace detail
}  // namespace hiratake
