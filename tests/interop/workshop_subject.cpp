// The service that check_stub.py calls by way of its generated client.

#include "integration/stub/workshop.hpp"

int main(int argc, char** argv) {
    return hiratake::main<hiratake::test::Workshop>(argc, argv);
}
