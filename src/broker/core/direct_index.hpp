#pragma once

#include "broker/core/binding_index.hpp"
#include "broker/core/binding_list.hpp"
#include "broker/core/string_map.hpp"

namespace hiratake::broker::core {

/// The routing key must equal the binding's: one hash lookup.
class DirectIndex final : public BindingIndex {
  public:
    bool add(const Binding& binding) override;
    bool remove(const Binding& binding) override;
    void route(std::string_view routing_key, LazyHeaders& headers, std::vector<RoutingTarget*>& targets) override;
    void for_each(const std::function<void(const Binding&)>& visit) const override;
    std::size_t size() const override { return size_; }

  private:
    StringMap<BindingList> by_key_;
    std::size_t size_ = 0;
};

}  // namespace hiratake::broker::core
