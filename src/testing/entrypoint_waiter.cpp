#include "hiratake/testing/entrypoint_waiter.hpp"

#include <fmt/core.h>

#include <utility>

#include "hiratake/base/deadline.hpp"
#include "hiratake/base/error.hpp"
#include "hiratake/payload/json.hpp"
#include "hiratake/service/error_description.hpp"
#include "testing/firing_log.hpp"

namespace hiratake::testing {
namespace {

std::string outcome_of(const Firing& firing) {
    if (!firing.error) return "returned " + write_json(firing.result);
    const ErrorDescription error = ErrorDescription::of(firing.error);
    return fmt::format("threw {}: {}", error.type, error.message);
}

}  // namespace

EntrypointWaiter::EntrypointWaiter(FiringLog& log, std::string service, std::string method)
    : log_(&log), service_(std::move(service)), method_(std::move(method)), begin_(log.size()) {}

std::vector<Firing> EntrypointWaiter::wait(std::size_t count, const Predicate& predicate, Duration limit) {
    const SystemClock clock;
    const Deadline deadline = Deadline::after(clock.now(), limit);
    std::vector<Firing> matching;
    std::string other;
    for (std::size_t seen = begin_; matching.size() < count;) {
        for (Firing& firing : log_->since(seen)) {
            ++seen;
            if (firing.service != service_ || firing.method != method_) continue;
            if (predicate && !predicate(firing)) {
                other = "; the last that did not count " + outcome_of(firing);
            } else if (matching.size() < count) {
                matching.push_back(std::move(firing));
            }
        }
        if (matching.size() < count && !log_->wait_beyond(seen, deadline.left(clock.now()))) {
            throw TimeoutError(fmt::format("{}.{} has fired {} of the {} times awaited within {} s{}", service_,
                                           method_, matching.size(), count,
                                           std::chrono::duration<double>(limit).count(), other));
        }
    }
    return matching;
}

}  // namespace hiratake::testing
