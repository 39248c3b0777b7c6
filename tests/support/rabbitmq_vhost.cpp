#include "support/rabbitmq_vhost.hpp"

#include <array>
#include <cstdio>
#include <cstdlib>
#include <iostream>
#include <stdexcept>

#include "hiratake/client/core/connection_uri.hpp"

namespace hiratake::test {
namespace {

/// Runs tests/support/rabbitmq.sh and returns the line that it prints.
std::string run_script(const std::string& words) {
    const std::string command = "'" HIRATAKE_TEST_SUPPORT_FOLDER "/rabbitmq.sh' " + words;
    FILE* output = popen(command.c_str(), "re");
    if (!output) throw std::runtime_error("cannot run " + command);
    std::string text;
    std::array<char, 256> buffer;
    while (std::fgets(buffer.data(), buffer.size(), output)) text += buffer.data();
    if (pclose(output) != 0) throw std::runtime_error("failed: " + command);
    return text.substr(0, text.find('\n'));
}

}  // namespace

RabbitMqVhost::RabbitMqVhost() {
    const client::ConnectionUri uri = client::parse_connection_uris(run_script("add-vhost")).front();
    name_ = uri.vhost;
    port_ = uri.port;
}

RabbitMqVhost::~RabbitMqVhost() {
    try {
        run_script("delete-vhost " + name_);
    } catch (const std::exception& error) {
        std::cerr << error.what() << '\n';
    }
}

bool RabbitMqVhost::is_available() {
    return std::getenv("HIRATAKE_TEST_RABBITMQ") != nullptr;
}

}  // namespace hiratake::test
