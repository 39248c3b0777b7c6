#include "shell/shell_signals.hpp"

#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <utility>

namespace hiratake::shell {
namespace {

constexpr int exit_by_signal = 128;

std::optional<termios> terminal_state() {
    termios state{};
    if (tcgetattr(STDIN_FILENO, &state) != 0) return std::nullopt;  // no terminal
    return state;
}

}  // namespace

ShellSignals::ShellSignals(const Log& log, std::function<void()> interrupt)
    : terminal_(terminal_state()), loop_(log, clock_) {
    signals_.emplace(loop_, std::initializer_list{SIGINT, SIGTERM},
                     [this, interrupt = std::move(interrupt)](int signal_number, int) {
                         if (signal_number == SIGTERM) terminate();
                         interrupt();
                     });
    loop_.start();

    sigset_t ours;
    sigemptyset(&ours);
    sigaddset(&ours, SIGINT);
    sigaddset(&ours, SIGTERM);
    pthread_sigmask(SIG_BLOCK, &ours, &former_mask_);
}

ShellSignals::~ShellSignals() {
    pthread_sigmask(SIG_SETMASK, &former_mask_, nullptr);
    loop_.stop();
    loop_.join();
    signals_.reset();
}

void ShellSignals::terminate() {
    if (terminal_) tcsetattr(STDIN_FILENO, TCSADRAIN, &*terminal_);
    std::_Exit(exit_by_signal + SIGTERM);
}

}  // namespace hiratake::shell
