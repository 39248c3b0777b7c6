#pragma once

#include <lua.hpp>

#include <atomic>
#include <functional>
#include <string>
#include <string_view>

#include "hiratake/payload/value.hpp"
#include "shell/cluster.hpp"
#include "shell/lua_state.hpp"

namespace hiratake::shell {

/// Lua with the global `n`, the cluster. Evaluates one input after the other; globals live on between them. One thread
/// uses it, but for interrupt().
class Interpreter {
  public:
    /// Takes what the input prints, results among it, line ends included.
    using Output = std::function<void(std::string_view text)>;

    enum class Status {
        done,
        incomplete,  ///< more lines are needed; nothing has run
        failed,
    };
    struct Outcome {
        Status status = Status::done;
        /// For failed: one readable line. For incomplete: what Lua misses.
        std::string error{};
    };

    /// @param cluster must outlive the interpreter
    /// @param config becomes `n.config`
    Interpreter(Cluster& cluster, const Object& config, Output output);
    Interpreter(const Interpreter&) = delete;
    Interpreter& operator=(const Interpreter&) = delete;

    /// Runs the input as an expression, whose values are shown, or else as statements. `local` before the first name is
    /// ignored: a variable of a single input would be of no use.
    Outcome evaluate(std::string_view text);

    /// Ends the evaluation in progress, be it waiting or computing, with the error "interrupted". From any thread.
    void interrupt();

  private:
    struct Primitives;  // the functions that Lua calls

    bool load(std::string_view text, Outcome& outcome);
    void open_cluster(const Object& config);

    Cluster& cluster_;
    Output output_;
    std::atomic<bool> interrupted_{false};
    LuaState lua_;
};

}  // namespace hiratake::shell
