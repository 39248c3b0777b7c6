#include "support/rabbitmq_vhost.hpp"

#include <cstdlib>
#include <exception>
#include <iostream>

#include "hiratake/client/core/connection_uri.hpp"
#include "support/rabbitmq_script.hpp"

namespace hiratake::test {

RabbitMqVhost::RabbitMqVhost() {
    const client::ConnectionUri uri = client::parse_connection_uris(run_rabbitmq_script("add-vhost")).front();
    name_ = uri.vhost;
    port_ = uri.port;
}

RabbitMqVhost::~RabbitMqVhost() {
    try {
        run_rabbitmq_script("delete-vhost " + name_);
    } catch (const std::exception& error) {
        std::cerr << error.what() << '\n';
    }
}

bool RabbitMqVhost::is_available() {
    return std::getenv("HIRATAKE_TEST_RABBITMQ") != nullptr;
}

}  // namespace hiratake::test
