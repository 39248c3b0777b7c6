#include "broker/core/fanout_index.hpp"

namespace hiratake::broker::core {

bool FanoutIndex::add(const Binding& binding) {
    if (!by_target_[binding.target].add(binding)) return false;
    ++size_;
    return true;
}

bool FanoutIndex::remove(const Binding& binding) {
    const auto found = by_target_.find(binding.target);
    if (found == by_target_.end() || !found->second.remove(binding)) return false;
    if (found->second.empty()) by_target_.erase(found);
    --size_;
    return true;
}

void FanoutIndex::route(std::string_view /*routing_key*/, LazyHeaders& /*headers*/,
                        std::vector<RoutingTarget*>& targets) {
    for (const auto& [target, bindings] : by_target_) targets.push_back(target);
}

void FanoutIndex::for_each(const std::function<void(const Binding&)>& visit) const {
    for (const auto& [target, bindings] : by_target_) {
        for (const Binding& binding : bindings) visit(binding);
    }
}

}  // namespace hiratake::broker::core
