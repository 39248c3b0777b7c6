#include "echo.hpp"

int main(int argc, char** argv) {
    return hiratake::main<bench::Echo>(argc, argv);
}
