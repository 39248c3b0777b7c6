#pragma once

#include "client/core/delivery_key.hpp"
#include "hiratake/client/core/consumer_options.hpp"

namespace hiratake::client::core {

/// Who consumes, as far as a delivery needs to know: whom it is settled with. Used from any thread.
class DeliveryOrigin {
  public:
    virtual ~DeliveryOrigin() = default;

    virtual void settle(const DeliveryKey& key, Settlement settlement) = 0;
    virtual const ConsumerOptions& options() const = 0;
};

}  // namespace hiratake::client::core
