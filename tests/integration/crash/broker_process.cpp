#include "integration/crash/broker_process.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cstdint>
#include <iostream>
#include <optional>
#include <stdexcept>

#include "hiratake/base/random.hpp"
#include "support/child_process.hpp"
#include "support/rabbitmq_script.hpp"
#include "support/rabbitmq_vhost.hpp"

namespace hiratake::test {
namespace {

std::string uri_of(const std::string& port) {
    return "amqp://guest:guest@127.0.0.1:" + port + "/";
}

class HiratakeBroker final : public BrokerProcess {
  public:
    ~HiratakeBroker() override { kill(); }

    void start() override {
        process_.emplace(std::vector<std::string>{HIRATAKE_PROGRAM, "broker", "--listen", "127.0.0.1:" + port_},
                         ChildProcess::Read::errors);
        const std::string line = process_->read_line();
        if (!line.starts_with("embedded broker listening on ")) throw std::runtime_error("hiratake broker: " + line);
        port_ = line.substr(line.rfind(':') + 1);
    }
    void kill() override {
        if (process_) process_->kill();
        process_.reset();
    }
    std::string uri() const override { return uri_of(port_); }

  private:
    /// Any free one at first.
    std::string port_ = "0";
    std::optional<ChildProcess> process_;
};

bool is_free(int port) {
    const int descriptor = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(static_cast<std::uint16_t>(port));
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    const bool is_bound = bind(descriptor, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
    close(descriptor);
    return is_bound;
}

/// The first of those that a node takes, below the range from which the system gives ports to clients.
int free_ports() {
    Random random;
    for (int attempt = 0; attempt < 100; ++attempt) {
        const auto first = static_cast<int>(20000 + random.next() % 12000);
        if (is_free(first) && is_free(first + 1) && is_free(first + 2) && is_free(first + 3) && is_free(first + 4))
            return first;
    }
    throw std::runtime_error("there are no free ports for another RabbitMQ");
}

class RabbitMqNode final : public BrokerProcess {
  public:
    ~RabbitMqNode() override {
        try {
            kill();
            run("remove");
        } catch (const std::exception& error) {
            std::cerr << error.what() << '\n';
        }
    }

    void start() override { run("start"); }
    void kill() override { run("kill"); }
    std::string uri() const override { return uri_of(port_); }

  private:
    void run(const std::string& command) const { run_rabbitmq_script(command, "RABBITMQ_TEST_PORT=" + port_ + " "); }

    std::string port_ = std::to_string(free_ports());
};

}  // namespace

std::unique_ptr<BrokerProcess> BrokerProcess::make(BrokerKind kind) {
    if (kind == BrokerKind::embedded) return std::make_unique<HiratakeBroker>();
    if (kind == BrokerKind::rabbitmq && RabbitMqVhost::is_available()) return std::make_unique<RabbitMqNode>();
    return nullptr;
}

}  // namespace hiratake::test
