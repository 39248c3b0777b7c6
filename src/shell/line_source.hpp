#pragma once

#include <string>

namespace hiratake::shell {

/// Where the lines of an interactive session come from: a terminal, or a test.
class LineSource {
  public:
    enum class Status {
        line,
        interrupted,  ///< Ctrl-C: what was typed is dropped
        end,          ///< Ctrl-D
    };
    struct Result {
        Status status = Status::end;
        std::string line{};
    };

    virtual ~LineSource() = default;
    /// Waits for one line, given without its line end.
    virtual Result read(const std::string& prompt) = 0;
};

}  // namespace hiratake::shell
