#include "load/first_reply.hpp"

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <cstdio>
#include <stdexcept>
#include <thread>

#include "load/figures.hpp"

namespace bench {
namespace {

constexpr std::chrono::seconds answers_within{60};
constexpr std::chrono::microseconds between_attempts{200};

/// A program under way, its output thrown away.
class Program {
  public:
    explicit Program(const std::vector<std::string>& command) {
        std::vector<char*> arguments;
        for (const auto& each : command) arguments.push_back(const_cast<char*>(each.c_str()));
        arguments.push_back(nullptr);
        posix_spawn_file_actions_t files;
        posix_spawn_file_actions_init(&files);
        for (const int descriptor : {STDOUT_FILENO, STDERR_FILENO}) {
            posix_spawn_file_actions_addopen(&files, descriptor, "/dev/null", O_WRONLY, 0);
        }
        const int error = posix_spawnp(&id_, arguments[0], &files, nullptr, arguments.data(), environ);
        posix_spawn_file_actions_destroy(&files);
        if (error != 0) throw std::runtime_error("cannot start " + command.front());
    }
    ~Program() {
        if (has_ended_) return;
        kill(id_, SIGTERM);
        waitpid(id_, nullptr, 0);
    }
    Program(const Program&) = delete;
    Program& operator=(const Program&) = delete;

    bool has_ended() { return has_ended_ = has_ended_ || waitpid(id_, nullptr, WNOHANG) != 0; }

  private:
    pid_t id_ = 0;
    bool has_ended_ = false;
};

}  // namespace

std::string first_reply(const std::vector<std::string>& command, const std::function<bool()>& is_answered) {
    const auto began = Clock::now();
    Program program{command};
    while (!is_answered()) {
        if (program.has_ended()) throw std::runtime_error(command.front() + " has ended");
        if (Clock::now() > began + answers_within) throw std::runtime_error(command.front() + " does not answer");
        std::this_thread::sleep_for(between_attempts);
    }
    const double elapsed_ms = std::chrono::duration<double, std::milli>(Clock::now() - began).count();
    char line[64];
    std::snprintf(line, sizeof line, R"({"first_reply_ms": %.2f})", elapsed_ms);
    return line;
}

}  // namespace bench
