#pragma once

#include <string>

#include "hiratake/base/error.hpp"

namespace hiratake {

/// An event could not be handed to the broker.
class EventNotDispatched : public Error {
  public:
    explicit EventNotDispatched(const std::string& what) : Error(what) {}
    ~EventNotDispatched() override;
};

}  // namespace hiratake
