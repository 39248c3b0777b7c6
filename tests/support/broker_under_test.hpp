#pragma once

#include <memory>
#include <ostream>
#include <string>

namespace hiratake::test {

class TcpGate;

/// The three brokers that every integration test runs over.
enum class BrokerKind { memory, embedded, rabbitmq };

std::ostream& operator<<(std::ostream& out, BrokerKind kind);

/// A broker for one test: `memory` is started by the service runner itself, `embedded` is one of ours on a free port,
/// and `rabbitmq` is a virtual host of its own on the one that the environment variable HIRATAKE_TEST_RABBITMQ names.
class BrokerUnderTest {
  public:
    virtual ~BrokerUnderTest() = default;

    /// What a service or client is configured with.
    virtual std::string uri() const = 0;
    /// What lies between the client and the broker, to be closed by a test; nullptr in memory.
    virtual TcpGate* gate() = 0;

    /// nullptr where the kind is not available: RabbitMQ without HIRATAKE_TEST_RABBITMQ.
    static std::unique_ptr<BrokerUnderTest> make(BrokerKind kind);
};

}  // namespace hiratake::test
