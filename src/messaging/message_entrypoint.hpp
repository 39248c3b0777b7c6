#pragma once

#include <string>

#include "hiratake/messaging/consume_options.hpp"
#include "messaging/message_consumer.hpp"

namespace hiratake::messaging {

/// One method that is called with each message of a queue.
class MessageEntrypoint final : public Entrypoint {
  public:
    MessageEntrypoint(std::string queue, ConsumeOptions consume_options, MethodCall method_call);

    void setup(ServiceContainer& container) override;
    void start() override { consumer_.start(); }
    void stop() noexcept override { consumer_.stop(); }
    void kill() noexcept override { consumer_.stop(); }
    EntrypointDescription describe(const std::string& service_name, const Config& config) const override;

  private:
    std::string queue_;
    ConsumeOptions consume_options_;
    MethodCall method_;
    MessageConsumer consumer_{*this, method_};
};

}  // namespace hiratake::messaging
