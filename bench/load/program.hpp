#pragma once

#include <cstdio>
#include <exception>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "load/options.hpp"

namespace bench {

/// The command line that the programs of the benchmarks share: PROGRAM MODE TARGET [NAME=VALUE]... [-- COMMAND...]
struct CommandLine {
    std::string_view mode;
    std::string target;
    Options options;
    std::vector<std::string> command;

    CommandLine(int argc, char** argv) {
        if (argc < 3) throw std::runtime_error("usage: PROGRAM MODE TARGET [NAME=VALUE]... [-- COMMAND...]");
        mode = argv[1];
        target = argv[2];
        int end = 3;
        while (end < argc && std::string_view{argv[end]} != "--") ++end;
        options = Options::parse(end, argv, 3);
        for (int i = end + 1; i < argc; ++i) command.emplace_back(argv[i]);
    }
};

/// What a program does in each of its modes.
struct Mode {
    std::string_view name;
    /// @return the line to print; none: nothing
    std::string (*run)(const CommandLine& line);
};

/// The main function: runs the mode that is asked for, and prints what it returns. An error is one line on standard
/// error.
inline int run_mode(int argc, char** argv, const std::vector<Mode>& modes) {
    try {
        const CommandLine line{argc, argv};
        for (const Mode& mode : modes) {
            if (mode.name != line.mode) continue;
            std::puts(mode.run(line).c_str());
            return 0;
        }
        throw std::runtime_error("there is no mode " + std::string{line.mode});
    } catch (const std::exception& error) {
        std::fprintf(stderr, "%s\n", error.what());
        return 1;
    }
}

/// Tells whoever started this service that it is at work.
inline void say_serving() {
    std::puts("serving");
    std::fflush(stdout);
}

}  // namespace bench
