#pragma once

#include <string>

#include "hiratake/messaging/consume_options.hpp"
#include "messaging/queue_entrypoint.hpp"

namespace hiratake::messaging {

/// One method that is called with each message of a queue.
class MessageEntrypoint final : public QueueEntrypoint {
  public:
    MessageEntrypoint(std::string queue, ConsumeOptions consume_options, MethodCall method_call);

    EntrypointDescription describe(const std::string& service_name, const Config& config) const override;

  private:
    Options consume_from(const ServiceContainer& container) const override;

    std::string queue_;
    ConsumeOptions consume_options_;
};

}  // namespace hiratake::messaging
