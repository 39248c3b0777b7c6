#include "hiratake/testing/faults.hpp"

#include <utility>

#include "testing/fault_plan.hpp"
#include "testing/faulty_stream.hpp"

namespace hiratake::testing {

Faults::Faults() : plan_(std::make_shared<FaultPlan>()) {}
Faults::~Faults() = default;

void Faults::drop(FramePoint point) {
    plan_->add(std::move(point), {Fault::Kind::drop, {}});
}

void Faults::delay(FramePoint point, Duration by) {
    plan_->add(std::move(point), {Fault::Kind::delay, by});
}

void Faults::cut(FramePoint point) {
    plan_->add(std::move(point), {Fault::Kind::cut, {}});
}

void Faults::cut() {
    plan_->cut_streams();
}

std::size_t Faults::pending() const {
    return plan_->pending();
}

std::unique_ptr<net::ByteStream> Faults::wrap(std::unique_ptr<net::ByteStream> stream) {
    return make_faulty_stream(std::move(stream), plan_);
}

}  // namespace hiratake::testing
