#include "compute.hpp"

int main(int argc, char** argv) {
    return hiratake::main<Compute>(argc, argv);
}
