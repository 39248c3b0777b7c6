#include "broker/core/headers_index.hpp"

#include <algorithm>
#include <utility>

namespace hiratake::broker::core {

std::vector<HeadersIndex::Entry>::iterator HeadersIndex::find(const Binding& binding) {
    return std::find_if(entries_.begin(), entries_.end(),
                        [&binding](const Entry& entry) { return entry.binding == binding; });
}

bool HeadersIndex::add(const Binding& binding) {
    if (find(binding) != entries_.end()) return false;
    Outcome<HeadersMatch> match = HeadersMatch::parse(binding.arguments);
    if (!match) return false;
    entries_.push_back({binding, *std::move(match)});
    return true;
}

bool HeadersIndex::remove(const Binding& binding) {
    const auto found = find(binding);
    if (found == entries_.end()) return false;
    entries_.erase(found);
    return true;
}

void HeadersIndex::route(std::string_view /*routing_key*/, LazyHeaders& headers, std::vector<RoutingTarget*>& targets) {
    if (entries_.empty()) return;
    const amqp::Table& table = headers.table();
    for (const Entry& entry : entries_) {
        if (entry.match.matches(table)) targets.push_back(entry.binding.target);
    }
}

void HeadersIndex::for_each(const std::function<void(const Binding&)>& visit) const {
    for (const Entry& entry : entries_) visit(entry.binding);
}

}  // namespace hiratake::broker::core
