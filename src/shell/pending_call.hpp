#pragma once

#include "hiratake/payload/value.hpp"

namespace hiratake::shell {

/// A call that was sent.
class PendingCall {
  public:
    virtual ~PendingCall() = default;
    /// Waits for the result, or throws the error the call ended with, or Interrupted. Repeatable.
    virtual Value result() = 0;
};

}  // namespace hiratake::shell
