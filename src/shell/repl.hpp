#pragma once

#include <string>
#include <string_view>

#include "shell/interpreter.hpp"
#include "shell/line_source.hpp"

namespace hiratake::shell {

/// The loop that reads, evaluates and prints.
class Repl {
  public:
    /// @param errors takes one line, with its line end, for each input that failed
    Repl(Interpreter& interpreter, Interpreter::Output errors)
        : interpreter_(interpreter), errors_(std::move(errors)) {}

    /// Reads until the end of the lines; errors are shown and the session goes on.
    void run_interactive(LineSource& lines);

    /// Evaluates a script line by line, as if each had been typed; the first error ends it.
    /// @return the exit code: 0, or 1 for an error
    int run_script(std::string_view script);

  private:
    Interpreter& interpreter_;
    Interpreter::Output errors_;
};

}  // namespace hiratake::shell
