#include "mail.hpp"

int main(int argc, char** argv) {
    return hiratake::main<Mail>(argc, argv);
}
