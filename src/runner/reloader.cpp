#include "runner/reloader.hpp"

#include <fmt/core.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <utility>

#include "hiratake/base/error.hpp"
#include "net/signals.hpp"

namespace hiratake::runner {
namespace {

constexpr auto look_interval = std::chrono::milliseconds{250};
constexpr int exit_cannot_run = 127;
constexpr int exit_by_signal = 128;

// In the new process, which has one thread: only what is safe there.
[[noreturn]] void become(char* const* arguments) {
    setpgid(0, 0);  // Ctrl-C is for the reloader, which passes it on, once.
    prctl(PR_SET_PDEATHSIG, SIGTERM);
    execv(arguments[0], arguments);
    _exit(exit_cannot_run);
}

}  // namespace

Reloader::Reloader(std::vector<std::string> command, std::vector<std::string> files, const Log& log)
    : command_(std::move(command)),
      files_(std::move(files)),
      logger_(log, "reloader"),
      loop_(log, clock_),
      timer_(loop_) {}

int Reloader::run() {
    const net::Signals stop_signals(loop_, {SIGINT, SIGTERM}, [this](int, int) { stop(); });
    const net::Signals child_signal(loop_, {SIGCHLD}, [this](int, int) { on_child_ended(); });
    start();
    look_again_later();
    const auto is_over = [this] { return is_stopping_ && !child_; };
    while (!loop_.run_until(is_over, std::chrono::hours{1})) {
    }
    return exit_code_;
}

void Reloader::start() {
    is_restarting_ = false;
    started_with_ = seen_ = stamps();
    std::vector<char*> arguments;
    for (auto& argument : command_) arguments.push_back(argument.data());
    arguments.push_back(nullptr);
    const pid_t child = fork();
    if (child < 0) throw Error(fmt::format("cannot start {}: {}", command_.front(), std::strerror(errno)));
    if (child == 0) become(arguments.data());
    child_ = child;
}

// A file that is being written is left alone until it has come to rest.
void Reloader::look() {
    auto now = stamps();
    const bool is_at_rest = now == seen_ && std::find(now.begin(), now.end(), net::FileStamp{}) == now.end();
    seen_ = std::move(now);
    if (is_at_rest && has_changed() && !is_restarting_ && !is_stopping_) {
        logger_.info("{} has changed: starting anew", command_.front());
        if (!child_) return start();
        is_restarting_ = true;
        kill(*child_, SIGTERM);
    }
}

void Reloader::look_again_later() {
    timer_.start_after(look_interval, [this] {
        look();
        look_again_later();
    });
}

void Reloader::stop() {
    is_stopping_ = true;
    exit_code_ = 0;
    if (child_) kill(*child_, SIGTERM);
}

void Reloader::on_child_ended() {
    int status = 0;
    if (!child_ || waitpid(*child_, &status, WNOHANG) != *child_) return;
    child_.reset();
    exit_code_ = WIFEXITED(status) ? WEXITSTATUS(status) : exit_by_signal + WTERMSIG(status);
    if (is_stopping_) return;
    if (is_restarting_) return start();
    logger_.error("{} has ended with exit code {}; it is started anew when it or its configuration changes",
                  command_.front(), exit_code_);
}

std::vector<net::FileStamp> Reloader::stamps() const {
    std::vector<net::FileStamp> result;
    for (const auto& file : files_) result.push_back(net::FileStamp::of(file));
    return result;
}

}  // namespace hiratake::runner
