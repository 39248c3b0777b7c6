#pragma once

#include <sys/types.h>

#include <string>
#include <vector>

namespace hiratake::mail {

/// A Python script of this folder, run beside the test and talked to over its standard streams. Debian's Python, which
/// has aiosmtpd.
class PythonProcess {
  public:
    PythonProcess(const std::string& script, const std::vector<std::string>& arguments);
    /// Closes the script's input, at which it ends, and waits for it.
    ~PythonProcess();
    PythonProcess(const PythonProcess&) = delete;
    PythonProcess& operator=(const PythonProcess&) = delete;

    void write(const std::string& text);
    void close_input();
    /// The next line of its output, without the line end; waits for it. Empty at the end.
    std::string read_line();
    /// Everything up to its end.
    std::vector<std::string> read_lines();

  private:
    pid_t process_ = -1;
    int input_ = -1;
    int output_ = -1;
    std::string unread_;
    bool ended_ = false;
};

}  // namespace hiratake::mail
