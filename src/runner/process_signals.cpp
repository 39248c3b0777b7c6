#include "runner/process_signals.hpp"

#include <csignal>
#include <utility>

namespace hiratake::runner {

ProcessSignals::ProcessSignals(const Log& log)
    : loop_(log, clock_),
      stop_signals_(std::make_unique<net::Signals>(loop_, std::initializer_list{SIGINT, SIGTERM},
                                                   [this](int, int count) { arrived(count); })) {
    loop_.start();
}

ProcessSignals::~ProcessSignals() {
    loop_.stop();
    loop_.join();
}

void ProcessSignals::on_first(std::function<void()> react) {
    react_to(1, std::move(react));
}

void ProcessSignals::on_second(std::function<void()> react) {
    react_to(2, std::move(react));
}

void ProcessSignals::on_hangup(std::function<void()> react) {
    loop_.post([this, react = std::move(react)]() mutable {
        hangup_signal_ = std::make_unique<net::Signals>(loop_, std::initializer_list{SIGHUP},
                                                        [react = std::move(react)](int, int) { react(); });
    });
}

int ProcessSignals::count() const {
    const std::lock_guard lock{mutex_};
    return count_;
}

void ProcessSignals::wait() {
    parker_.park();
}

void ProcessSignals::arrived(int count) {
    std::function<void()> react;
    {
        const std::lock_guard lock{mutex_};
        count_ = count;
        if (count <= 2) react = reactions_[count - 1];
    }
    if (react) react();
    if (count == 1) parker_.unpark();
}

void ProcessSignals::react_to(int number, std::function<void()> react) {
    {
        const std::lock_guard lock{mutex_};
        reactions_[number - 1] = react;
        if (count_ < number) return;
    }
    react();
}

}  // namespace hiratake::runner
