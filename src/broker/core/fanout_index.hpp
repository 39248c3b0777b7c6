#pragma once

#include <unordered_map>

#include "broker/core/binding_index.hpp"
#include "broker/core/binding_list.hpp"

namespace hiratake::broker::core {

/// Every binding matches, whatever its key. Kept by target, so that adding the ten-thousandth queue needs no search
/// through the others.
class FanoutIndex final : public BindingIndex {
  public:
    bool add(const Binding& binding) override;
    bool remove(const Binding& binding) override;
    void route(std::string_view routing_key, LazyHeaders& headers, std::vector<RoutingTarget*>& targets) override;
    void for_each(const std::function<void(const Binding&)>& visit) const override;
    std::size_t size() const override { return size_; }

  private:
    std::unordered_map<RoutingTarget*, BindingList> by_target_;
    std::size_t size_ = 0;
};

}  // namespace hiratake::broker::core
