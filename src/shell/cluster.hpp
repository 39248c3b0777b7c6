#pragma once

#include <memory>
#include <string>

#include "hiratake/payload/value.hpp"
#include "shell/pending_call.hpp"

namespace hiratake::shell {

/// What the shell needs of the services on a broker. The real one is BrokerCluster; tests have their own.
class Cluster {
  public:
    virtual ~Cluster() = default;

    /// Sends a call and returns without waiting; what goes wrong comes out of the pending call. Dropping that means
    /// nobody waits for the result.
    virtual std::unique_ptr<PendingCall> call(const std::string& service, const std::string& method, Array args,
                                              Object kwargs) = 0;
    /// Sends an event in the name of a service. Throws when the broker did not take it.
    virtual void dispatch_event(const std::string& service, const std::string& type, Value data) = 0;
    /// Closes the connection. Calls and events after that are errors.
    virtual void disconnect() = 0;
    /// Makes the wait in progress, if there is one, throw Interrupted. From any thread; the rest is for one thread.
    virtual void interrupt() = 0;
};

}  // namespace hiratake::shell
