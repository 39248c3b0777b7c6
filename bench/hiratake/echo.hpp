#pragma once

#include <hiratake/hiratake.hpp>
#include <string>

namespace bench {

/// The service that is measured: it returns what it is given, through the whole framework.
struct Echo {
    static constexpr auto name = "bench_echo";

    std::string echo(std::string text, long number) {
        static_cast<void>(number);
        return text;
    }

    static void define(hiratake::Service<Echo>& echo) { echo.rpc<&Echo::echo>("text", "number"); }
};

/// The name of one of several such services; the first has its own.
inline std::string echo_name(int index) {
    return index == 0 ? Echo::name : Echo::name + std::string{"_"} + std::to_string(index);
}

}  // namespace bench
