#pragma once

#include <cstdint>
#include <string>

namespace hiratake::test {

/// A virtual host of the test's own on the RabbitMQ for tests, so that tests that run at the same time share no queues.
class RabbitMqVhost {
  public:
    /// Throws std::runtime_error where tests/support/rabbitmq.sh cannot make one.
    RabbitMqVhost();
    ~RabbitMqVhost();
    RabbitMqVhost(const RabbitMqVhost&) = delete;
    RabbitMqVhost& operator=(const RabbitMqVhost&) = delete;

    const std::string& name() const { return name_; }
    std::uint16_t port() const { return port_; }

    /// Whether the environment variable HIRATAKE_TEST_RABBITMQ names a RabbitMQ, as that script prints it.
    static bool is_available();

  private:
    std::string name_;
    std::uint16_t port_;
};

}  // namespace hiratake::test
