#pragma once

#include <algorithm>
#include <cstddef>
#include <utility>
#include <vector>

#include "broker/core/binding.hpp"

namespace hiratake::broker::core {

/// A few bindings without duplicates. Removing keeps no order: routing is a set.
class BindingList {
  public:
    bool add(const Binding& binding) {
        if (std::find(bindings_.begin(), bindings_.end(), binding) != bindings_.end()) return false;
        bindings_.push_back(binding);
        return true;
    }
    bool remove(const Binding& binding) {
        const auto found = std::find(bindings_.begin(), bindings_.end(), binding);
        if (found == bindings_.end()) return false;
        std::swap(*found, bindings_.back());
        bindings_.pop_back();
        return true;
    }
    void append_targets(std::vector<RoutingTarget*>& targets) const {
        for (const Binding& binding : bindings_) targets.push_back(binding.target);
    }
    bool empty() const { return bindings_.empty(); }
    auto begin() const { return bindings_.begin(); }
    auto end() const { return bindings_.end(); }

  private:
    std::vector<Binding> bindings_;
};

}  // namespace hiratake::broker::core
