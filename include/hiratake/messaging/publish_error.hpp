#pragma once

#include <string>

#include "hiratake/base/error.hpp"

namespace hiratake {

/// A message could not be handed to the broker, or it is not known whether it was.
class PublishError : public Error {
  public:
    explicit PublishError(const std::string& what) : Error(what) {}
    ~PublishError() override;
};

/// A mandatory message was given back, because no queue is bound for it. (Nameko: amqp.publish.UndeliverableMessage.)
class UndeliverableMessage : public PublishError {
  public:
    explicit UndeliverableMessage(const std::string& what) : PublishError(what) {}
    ~UndeliverableMessage() override;
};

}  // namespace hiratake
