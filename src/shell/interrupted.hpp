#pragma once

#include "hiratake/base/error.hpp"

namespace hiratake::shell {

/// Somebody pressed Ctrl-C during a wait.
class Interrupted : public Error {
  public:
    Interrupted() : Error("interrupted") {}
    ~Interrupted() override;
};

}  // namespace hiratake::shell
