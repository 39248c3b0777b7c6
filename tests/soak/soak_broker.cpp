#include "soak/soak_broker.hpp"

#include <fmt/core.h>

#include <cstdint>
#include <iostream>
#include <optional>
#include <stdexcept>

#include "hiratake/broker/broker.hpp"
#include "support/rabbitmq_script.hpp"

namespace hiratake::test {
namespace {

class EmbeddedBroker final : public SoakBroker {
  public:
    explicit EmbeddedBroker(const Log& log) : log_(log) { start(); }

    std::string uri() const override { return fmt::format("amqp://guest:guest@127.0.0.1:{}/", port_); }
    void stop() override { broker_.reset(); }
    void start() override {
        BrokerOptions options;
        options.listeners.front().port = port_;
        broker_.emplace(options, log_);
        broker_->start();
        port_ = broker_->port();
    }
    bool keeps_messages() const override { return false; }
    std::size_t message_count() const override {
        std::size_t count = 0;
        for (const QueueContent& queue : broker_->queue_contents()) count += queue.ready + queue.unacknowledged;
        return count;
    }
    std::size_t queue_count() const override { return 0; }

  private:
    const Log& log_;
    std::uint16_t port_ = 0;  // any free one at first
    std::optional<Broker> broker_;
};

class RabbitMq final : public SoakBroker {
  public:
    RabbitMq() { start(); }
    ~RabbitMq() override {
        try {
            run("remove");
        } catch (const std::exception& error) {
            std::cerr << error.what() << '\n';
        }
    }

    std::string uri() const override { return run("uri"); }
    void stop() override { run(stops_++ % 2 == 0 ? "stop" : "kill"); }
    void start() override { run("start"); }
    bool keeps_messages() const override { return true; }
    std::size_t message_count() const override {
        return number(
            "lists:sum([element(2, hd(rabbit_amqqueue:info(Q, [messages]))) || Q <- rabbit_amqqueue:list()])");
    }
    std::size_t queue_count() const override { return number("length(rabbit_amqqueue:list())"); }

  private:
    /// On the port of RABBITMQ_TEST_PORT, or the script's own.
    static std::string run(const std::string& command) { return run_rabbitmq_script(command); }

    static std::size_t number(const std::string& expression) {
        return std::stoul(run("ctl eval '" + expression + ".'"));
    }

    int stops_ = 0;
};

}  // namespace

std::unique_ptr<SoakBroker> SoakBroker::make(const std::string& kind, const Log& log) {
    if (kind == "embedded") return std::make_unique<EmbeddedBroker>(log);
    if (kind == "rabbitmq") return std::make_unique<RabbitMq>();
    throw std::runtime_error("the broker is `embedded` or `rabbitmq`, not `" + kind + "`");
}

}  // namespace hiratake::test
