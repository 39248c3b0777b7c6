#include "support/child_process.hpp"

#include <fcntl.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <stdexcept>
#include <utility>

namespace hiratake::test {
namespace {

std::array<int, 2> make_pipe() {
    std::array<int, 2> ends{};
    if (pipe2(ends.data(), O_CLOEXEC) != 0) throw std::runtime_error("pipe2 failed");
    return ends;
}

}  // namespace

ChildProcess::ChildProcess(const std::vector<std::string>& arguments, Read read) {
    std::vector<std::string> words = arguments;
    std::vector<char*> pointers;
    for (std::string& word : words) pointers.push_back(word.data());
    pointers.push_back(nullptr);

    const auto [its_input, input] = make_pipe();
    const auto [output, its_output] = make_pipe();
    process_ = fork();
    if (process_ < 0) throw std::runtime_error("fork failed");
    if (process_ == 0) {
        dup2(its_input, STDIN_FILENO);
        dup2(its_output, read == Read::output ? STDOUT_FILENO : STDERR_FILENO);
        execv(pointers[0], pointers.data());
        _exit(127);
    }
    close(its_input);
    close(its_output);
    input_ = input;
    output_ = output;
}

ChildProcess::~ChildProcess() {
    close_input();
    close(output_);
    wait_for_end();
}

void ChildProcess::kill() {
    ::kill(process_, SIGKILL);
    wait_for_end();
}

void ChildProcess::wait_for_end() {
    if (process_ > 0) waitpid(process_, nullptr, 0);
    process_ = -1;
}

void ChildProcess::write(const std::string& text) {
    std::size_t done = 0;
    while (done < text.size()) {
        const ssize_t count = ::write(input_, text.data() + done, text.size() - done);
        if (count <= 0) throw std::runtime_error("the program does not read");
        done += static_cast<std::size_t>(count);
    }
}

void ChildProcess::close_input() {
    if (input_ >= 0) close(input_);
    input_ = -1;
}

std::string ChildProcess::read_line() {
    for (;;) {
        const std::size_t end = unread_.find('\n');
        if (end != std::string::npos) {
            std::string line = unread_.substr(0, end);
            unread_.erase(0, end + 1);
            return line;
        }
        std::array<char, 65536> buffer;
        const ssize_t count = read(output_, buffer.data(), buffer.size());
        if (count <= 0) {
            ended_ = true;
            return std::exchange(unread_, {});
        }
        unread_.append(buffer.data(), static_cast<std::size_t>(count));
    }
}

std::vector<std::string> ChildProcess::read_lines() {
    std::vector<std::string> lines;
    for (;;) {
        std::string line = read_line();
        if (ended_ && line.empty()) return lines;
        lines.push_back(std::move(line));
    }
}

}  // namespace hiratake::test
