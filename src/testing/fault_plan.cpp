#include "testing/fault_plan.hpp"

#include <algorithm>
#include <utility>

#include "amqp/method_list.hpp"
#include "hiratake/base/error.hpp"

namespace hiratake::testing {
namespace {

bool is_method_of(Direction direction, std::string_view name) {
    bool found = false;
    const auto compare = [&]<class Method>() { found = found || Method::name == name; };
    if (direction == Direction::to_broker) {
        amqp::for_each_method(amqp::MethodsToServer{}, compare);
    } else {
        amqp::for_each_method(amqp::MethodsToClient{}, compare);
    }
    return found;
}

}  // namespace

void FaultPlan::add(FramePoint point, Fault fault) {
    if (!is_method_of(point.direction, point.method) || point.occurrence == 0) {
        throw ConfigurationError("a fault at `" + point.method +
                                 "`: no such method goes that way; write it as in \"basic.publish\", and count from 1");
    }
    const std::lock_guard lock{mutex_};
    planned_.push_back({std::move(point), fault});
}

std::optional<Fault> FaultPlan::meet(Direction direction, std::string_view method) {
    const std::lock_guard lock{mutex_};
    std::optional<Fault> due;
    planned_.remove_if([&](Planned& planned) {
        if (planned.point.direction != direction || planned.point.method != method) return false;
        if (--planned.point.occurrence > 0) return false;
        due = planned.fault;
        return true;
    });
    return due;
}

std::size_t FaultPlan::pending() const {
    const std::lock_guard lock{mutex_};
    return planned_.size();
}

void FaultPlan::add_stream(std::function<void()> cut) {
    const std::lock_guard lock{mutex_};
    streams_.push_back(std::move(cut));
}

void FaultPlan::cut_streams() {
    const std::lock_guard lock{mutex_};
    for (const auto& cut : std::exchange(streams_, {})) cut();
}

}  // namespace hiratake::testing
