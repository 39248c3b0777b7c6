#pragma once

#include <cstddef>
#include <memory>
#include <string>

#include "hiratake/base/log.hpp"

namespace hiratake::test {

/// The broker of a soak, which goes away and comes back on the same port.
class SoakBroker {
  public:
    virtual ~SoakBroker() = default;

    virtual std::string uri() const = 0;
    virtual void stop() = 0;
    virtual void start() = 0;
    /// Whether what it has confirmed outlives it.
    virtual bool keeps_messages() const = 0;
    /// In all queues, unacknowledged ones among them.
    virtual std::size_t message_count() const = 0;
    /// 0 where that is not to be seen.
    virtual std::size_t queue_count() const = 0;

    /// @param kind "embedded", listening in this process; or "rabbitmq", a node of its own, which is alternately told
    /// to stop and killed
    static std::unique_ptr<SoakBroker> make(const std::string& kind, const Log& log);
};

}  // namespace hiratake::test
