#include "runner/stop_signals.hpp"

#include <utility>

namespace hiratake::runner {

StopSignals::StopSignals(const Log& log)
    : loop_(log, clock_), signals_(std::make_unique<net::Signals>(loop_, [this](int, int count) { arrived(count); })) {
    loop_.start();
}

StopSignals::~StopSignals() {
    loop_.stop();
    loop_.join();
}

void StopSignals::on_first(std::function<void()> react) {
    react_to(1, std::move(react));
}

void StopSignals::on_second(std::function<void()> react) {
    react_to(2, std::move(react));
}

int StopSignals::count() const {
    const std::lock_guard lock{mutex_};
    return count_;
}

void StopSignals::wait() {
    parker_.park();
}

void StopSignals::arrived(int count) {
    std::function<void()> react;
    {
        const std::lock_guard lock{mutex_};
        count_ = count;
        if (count <= 2) react = reactions_[count - 1];
    }
    if (react) react();
    if (count == 1) parker_.unpark();
}

void StopSignals::react_to(int number, std::function<void()> react) {
    {
        const std::lock_guard lock{mutex_};
        reactions_[number - 1] = react;
        if (count_ < number) return;
    }
    react();
}

}  // namespace hiratake::runner
