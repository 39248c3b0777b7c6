// A shell at the terminal, over a cluster that echoes: what test_terminal.py types into. The method `wait` returns only
// when it is interrupted.

#include <atomic>
#include <cstdio>
#include <string>
#include <utility>

#include "hiratake/base/log.hpp"
#include "net/parker.hpp"
#include "shell/cluster.hpp"
#include "shell/interpreter.hpp"
#include "shell/interrupted.hpp"
#include "shell/repl.hpp"
#include "shell/shell_signals.hpp"
#include "shell/terminal_lines.hpp"

namespace hiratake::shell {
namespace {

class EchoCluster final : public Cluster {
  public:
    std::unique_ptr<PendingCall> call(const std::string&, const std::string& method, Array args, Object) override {
        return std::make_unique<Echo>(*this, method, std::move(args));
    }
    void dispatch_event(const std::string&, const std::string&, Value) override {}
    void disconnect() override {}
    void interrupt() override { parker_.unpark(); }

  private:
    class Echo final : public PendingCall {
      public:
        Echo(EchoCluster& cluster, std::string method, Array args)
            : cluster_(cluster), method_(std::move(method)), args_(std::move(args)) {}
        Value result() override {
            if (method_ != "wait") return args_;
            std::puts("waiting");
            cluster_.parker_.park();
            throw Interrupted{};
        }

      private:
        EchoCluster& cluster_;
        std::string method_;
        Array args_;
    };

    net::Parker parker_;
};

int run() {
    const auto print = [](std::string_view text) {
        std::fwrite(text.data(), 1, text.size(), stdout);
        std::fflush(stdout);
    };
    const Log log;
    EchoCluster cluster;
    Interpreter interpreter{cluster, {}, print};
    const ShellSignals signals{log, [&interpreter] { interpreter.interrupt(); }};
    TerminalLines lines{default_history_file()};
    Repl{interpreter, print}.run_interactive(lines);
    return 0;
}

}  // namespace
}  // namespace hiratake::shell

int main() {
    return hiratake::shell::run();
}
