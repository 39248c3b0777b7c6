#include "orders.hpp"

int main(int argc, char** argv) {
    return hiratake::main<Orders>(argc, argv);
}
