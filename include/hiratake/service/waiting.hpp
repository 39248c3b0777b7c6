#pragma once

#include <optional>
#include <type_traits>
#include <utility>

#include "hiratake/base/clock.hpp"
#include "hiratake/base/unique_function.hpp"

namespace hiratake {

/// Waits without keeping others from their work: on a fiber (configuration key `workers`) that alone is suspended,
/// elsewhere the thread sleeps.
/// @param duration by the machine's clock; zero or less returns at once
void pause_for(Duration duration);

namespace detail {
void run_blocking(UniqueFunction<void()> task);
}

/// Calls what may block or compute for long, such as a database's client or a compression, where that does no harm: on
/// a fiber it runs on one of the service's `fibers.max_blocking_threads` threads, and the fiber waits for its end;
/// elsewhere it runs where it is.
/// @return what the function returns, by value
/// @throws what the function throws; Error when the service stops and no thread takes it
template <class Function>
auto run_blocking(Function&& function) {
    using Result = std::decay_t<std::invoke_result_t<Function&>>;
    if constexpr (std::is_void_v<Result>) {
        detail::run_blocking([&] { function(); });
    } else {
        std::optional<Result> result;
        detail::run_blocking([&] { result.emplace(function()); });
        return std::move(*result);
    }
}

}  // namespace hiratake
