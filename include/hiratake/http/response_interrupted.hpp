#pragma once

#include <string>

#include "hiratake/base/error.hpp"

namespace hiratake::http {

/// A response that is written piece by piece cannot be completed: the client has gone, or has not taken what was
/// written in time, or the service is stopping. The text says which. A writer need not catch it: it ends the writer's
/// work, and is no failure of the service.
class ResponseInterrupted : public Error {
  public:
    explicit ResponseInterrupted(const std::string& reason) : Error("the response is interrupted: " + reason) {}
    ~ResponseInterrupted() override;
};

}  // namespace hiratake::http
