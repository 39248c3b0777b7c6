#include "hiratake/service/worker_context.hpp"

#include <iterator>

namespace hiratake {

WorkerContext::WorkerContext(std::string service_name, std::string method_name, const std::string& uuid,
                             Inbound inbound, std::size_t parent_calls_tracked)
    : service_name_(std::move(service_name)),
      method_name_(std::move(method_name)),
      call_id_stack_(std::move(inbound.call_id_stack)),
      data_(std::move(inbound.data)),
      attempt_(inbound.attempt),
      deadline_(inbound.deadline) {
    std::string& call_id = call_id_stack_.emplace_back();
    call_id.reserve(service_name_.size() + method_name_.size() + uuid.size() + 2);
    call_id.append(service_name_).append(1, '.').append(method_name_).append(1, '.').append(uuid);
    const std::size_t kept = parent_calls_tracked + 1;
    if (call_id_stack_.size() <= kept) return;
    const auto first_kept = call_id_stack_.end() - static_cast<std::ptrdiff_t>(kept);
    forgotten_.assign(std::make_move_iterator(call_id_stack_.begin()), std::make_move_iterator(first_kept));
    call_id_stack_.erase(call_id_stack_.begin(), first_kept);
}

std::optional<std::string_view> WorkerContext::origin_call_id() const {
    if (!forgotten_.empty()) return forgotten_.front();
    if (call_id_stack_.size() > 1) return call_id_stack_.front();
    return std::nullopt;
}

std::optional<std::string_view> WorkerContext::immediate_parent_call_id() const {
    if (call_id_stack_.size() > 1) return call_id_stack_[call_id_stack_.size() - 2];
    if (!forgotten_.empty()) return forgotten_.back();
    return std::nullopt;
}

}  // namespace hiratake
