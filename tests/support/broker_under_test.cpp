#include "support/broker_under_test.hpp"

#include "hiratake/broker/broker.hpp"
#include "support/rabbitmq_vhost.hpp"
#include "support/tcp_gate.hpp"

namespace hiratake::test {
namespace {

class MemoryBroker final : public BrokerUnderTest {
  public:
    std::string uri() const override { return "memory://"; }
    TcpGate* gate() override { return nullptr; }
};

std::string uri_through(const TcpGate& gate, const std::string& vhost = {}) {
    return "amqp://guest:guest@127.0.0.1:" + std::to_string(gate.port()) + "/" + vhost;
}

BrokerOptions on_a_free_port() {
    BrokerOptions options;
    options.listeners.front().port = 0;
    return options;
}

class EmbeddedBroker final : public BrokerUnderTest {
  public:
    EmbeddedBroker() : broker_(on_a_free_port(), log_) {
        broker_.start();
        gate_ = std::make_unique<TcpGate>(broker_.port());
    }
    std::string uri() const override { return uri_through(*gate_); }
    TcpGate* gate() override { return gate_.get(); }

  private:
    Log log_{LogLevel::error, [](const LogRecord&) {}};
    Broker broker_;
    std::unique_ptr<TcpGate> gate_;
};

class RabbitMq final : public BrokerUnderTest {
  public:
    std::string uri() const override { return uri_through(gate_, vhost_.name()); }
    TcpGate* gate() override { return &gate_; }

  private:
    RabbitMqVhost vhost_;
    TcpGate gate_{vhost_.port()};
};

}  // namespace

std::ostream& operator<<(std::ostream& out, BrokerKind kind) {
    switch (kind) {
        case BrokerKind::memory: return out << "memory";
        case BrokerKind::embedded: return out << "embedded";
        case BrokerKind::rabbitmq: return out << "rabbitmq";
    }
    return out;
}

std::unique_ptr<BrokerUnderTest> BrokerUnderTest::make(BrokerKind kind) {
    switch (kind) {
        case BrokerKind::memory: return std::make_unique<MemoryBroker>();
        case BrokerKind::embedded: return std::make_unique<EmbeddedBroker>();
        case BrokerKind::rabbitmq: return RabbitMqVhost::is_available() ? std::make_unique<RabbitMq>() : nullptr;
    }
    return nullptr;
}

}  // namespace hiratake::test
