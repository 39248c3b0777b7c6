#pragma once

#include <vector>

#include "broker/core/binding_index.hpp"
#include "broker/core/headers_match.hpp"

namespace hiratake::broker::core {

/// Each binding is asked in turn whether the message's headers are what it wants.
class HeadersIndex final : public BindingIndex {
  public:
    /// The arguments must be such as HeadersMatch can parse; others match nothing.
    bool add(const Binding& binding) override;
    bool remove(const Binding& binding) override;
    void route(std::string_view routing_key, LazyHeaders& headers, std::vector<RoutingTarget*>& targets) override;
    void for_each(const std::function<void(const Binding&)>& visit) const override;
    std::size_t size() const override { return entries_.size(); }

  private:
    struct Entry {
        Binding binding;
        HeadersMatch match;
    };

    std::vector<Entry>::iterator find(const Binding& binding);

    std::vector<Entry> entries_;
};

}  // namespace hiratake::broker::core
