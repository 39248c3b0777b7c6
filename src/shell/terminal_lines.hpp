#pragma once

#include <filesystem>
#include <memory>

#include "shell/line_source.hpp"

namespace hiratake::shell {

/// Lines typed at the terminal, with editing and a history over libedit. Ctrl-C at the prompt is a key here and sends
/// no signal.
class TerminalLines final : public LineSource {
  public:
    /// @param history_file the last 1000 lines of former sessions, read now and written after each line; empty for
    /// none.
    ///        One that cannot be read or written is done without.
    explicit TerminalLines(std::filesystem::path history_file);
    ~TerminalLines() override;
    TerminalLines(const TerminalLines&) = delete;
    TerminalLines& operator=(const TerminalLines&) = delete;

    Result read(const std::string& prompt) override;

  private:
    struct Editor;  // libedit's part

    void remember(const std::string& line);

    std::unique_ptr<Editor> editor_;
    std::filesystem::path history_file_;
};

/// `hiratake/history` in $XDG_STATE_HOME or ~/.local/state; empty when there is no home.
std::filesystem::path default_history_file();

}  // namespace hiratake::shell
