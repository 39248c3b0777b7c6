#pragma once

#include <sys/types.h>

#include <string>
#include <vector>

namespace hiratake::test {

/// A program run beside the test and talked to over its standard streams. Its standard error is the test's, unless it
/// is read in place of its output.
class ChildProcess {
  public:
    enum class Read { output, errors };

    /// `words` are the path of the program and its arguments.
    explicit ChildProcess(const std::vector<std::string>& words, Read read = Read::output);
    /// Closes the program's input, at which it should end, and waits for it.
    ~ChildProcess();
    ChildProcess(const ChildProcess&) = delete;
    ChildProcess& operator=(const ChildProcess&) = delete;

    void write(const std::string& text);
    void close_input();
    /// Ends it at once, as a crash would.
    void kill();
    /// The next line of its output, without the line end; waits for it. Empty at the end.
    std::string read_line();
    /// Everything up to its end.
    std::vector<std::string> read_lines();

  private:
    void wait_for_end();

    pid_t process_ = -1;
    int input_ = -1;
    int output_ = -1;
    std::string unread_;
    bool ended_ = false;
};

}  // namespace hiratake::test
