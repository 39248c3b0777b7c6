#pragma once

#include "hiratake/base/error.hpp"

namespace hiratake::amqp {

/// A value that AMQP has no room for: a name over 255 bytes, a table nested too deep, a frame over the negotiated size.
/// Nothing of the refused method or message has been written when this is thrown.
class EncodeError : public Error {
  public:
    explicit EncodeError(const std::string& what) : Error(what) {}
    ~EncodeError() override;
};

}  // namespace hiratake::amqp
