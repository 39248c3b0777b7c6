#pragma once

#include <cstddef>
#include <functional>
#include <string_view>
#include <vector>

#include "broker/core/binding.hpp"
#include "broker/core/lazy_headers.hpp"

namespace hiratake::broker::core {

/// The bindings of one exchange, laid out for its way of routing.
class BindingIndex {
  public:
    virtual ~BindingIndex() = default;

    /// False when an equal binding is there already.
    virtual bool add(const Binding& binding) = 0;
    /// False when there was none.
    virtual bool remove(const Binding& binding) = 0;
    /// Appends the target of each binding that matches; a target may come several times.
    virtual void route(std::string_view routing_key, LazyHeaders& headers, std::vector<RoutingTarget*>& targets) = 0;
    virtual void for_each(const std::function<void(const Binding&)>& visit) const = 0;
    virtual std::size_t size() const = 0;
};

}  // namespace hiratake::broker::core
