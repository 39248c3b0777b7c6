#include "broker/core/direct_index.hpp"

namespace hiratake::broker::core {

bool DirectIndex::add(const Binding& binding) {
    if (!by_key_[binding.routing_key].add(binding)) return false;
    ++size_;
    return true;
}

bool DirectIndex::remove(const Binding& binding) {
    const auto found = by_key_.find(binding.routing_key);
    if (found == by_key_.end() || !found->second.remove(binding)) return false;
    if (found->second.empty()) by_key_.erase(found);
    --size_;
    return true;
}

void DirectIndex::route(std::string_view routing_key, LazyHeaders& /*headers*/, std::vector<RoutingTarget*>& targets) {
    if (const auto found = by_key_.find(routing_key); found != by_key_.end()) found->second.append_targets(targets);
}

void DirectIndex::for_each(const std::function<void(const Binding&)>& visit) const {
    for (const auto& [key, bindings] : by_key_) {
        for (const Binding& binding : bindings) visit(binding);
    }
}

}  // namespace hiratake::broker::core
