#pragma once

#include <memory>
#include <string>

#include "support/broker_under_test.hpp"

namespace hiratake::test {

/// A broker in a process of its own, to be killed. Killed for good by its destructor.
class BrokerProcess {
  public:
    virtual ~BrokerProcess() = default;

    /// Returns when it accepts connections; on the same port each time.
    virtual void start() = 0;
    /// As `kill -9` does.
    virtual void kill() = 0;
    virtual std::string uri() const = 0;

    /// `embedded` is the program `hiratake broker`; `rabbitmq` a node beside the one that HIRATAKE_TEST_RABBITMQ names,
    /// or nullptr where that is not set. Not started yet.
    static std::unique_ptr<BrokerProcess> make(BrokerKind kind);
};

}  // namespace hiratake::test
