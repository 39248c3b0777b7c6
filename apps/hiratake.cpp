#include "hiratake/cli/command_line.hpp"

int main(int argc, char** argv) {
    return hiratake::run_command_line(argc, argv);
}
