#include "shell/repl.hpp"

#include <algorithm>
#include <cstddef>

namespace hiratake::shell {

void Repl::run_interactive(LineSource& lines) {
    std::string input;
    for (;;) {
        const LineSource::Result read = lines.read(input.empty() ? ">>> " : "... ");
        if (read.status == LineSource::Status::end) return;
        if (read.status == LineSource::Status::interrupted) {
            input.clear();
            continue;
        }
        input += input.empty() ? read.line : "\n" + read.line;
        const Interpreter::Outcome outcome = interpreter_.evaluate(input);
        if (outcome.status == Interpreter::Status::incomplete) continue;
        if (outcome.status == Interpreter::Status::failed) errors_(outcome.error + "\n");
        input.clear();
    }
}

int Repl::run_script(std::string_view script) {
    std::string input;
    Interpreter::Outcome outcome;
    while (!script.empty()) {
        const std::size_t end = std::min(script.find('\n'), script.size());
        if (!input.empty()) input += '\n';
        input += script.substr(0, end);
        script.remove_prefix(std::min(end + 1, script.size()));
        outcome = interpreter_.evaluate(input);
        if (outcome.status == Interpreter::Status::failed) break;
        if (outcome.status == Interpreter::Status::done) input.clear();
    }
    if (outcome.status == Interpreter::Status::done) return 0;
    errors_(outcome.error + "\n");
    return 1;
}

}  // namespace hiratake::shell
