#include "hiratake/service/worker_context.hpp"

#include <iterator>

namespace hiratake {

WorkerContext::WorkerContext(std::string_view service_name, std::string_view method_name, std::string_view uuid,
                             Inbound&& inbound, std::size_t parent_calls_tracked)
    : service_name_size_(service_name.size()),
      method_name_size_(method_name.size()),
      call_id_stack_(std::move(inbound.call_id_stack)),
      data_(std::move(inbound.data)),
      attempt_(inbound.attempt),
      deadline_(inbound.deadline) {
    const std::size_t callers = call_id_stack_.size();
    if (callers > parent_calls_tracked) forgotten_ = call_id_stack_.take_oldest(callers - parent_calls_tracked);
    call_id_stack_.push_back_joined({service_name, ".", method_name, ".", uuid});
}

std::optional<std::string_view> WorkerContext::origin_call_id() const {
    if (!forgotten_.empty()) return forgotten_.front();
    if (call_id_stack_.size() > 1) return call_id_stack_.front();
    return std::nullopt;
}

std::optional<std::string_view> WorkerContext::immediate_parent_call_id() const {
    if (call_id_stack_.size() > 1)
        return *std::next(call_id_stack_.begin(), static_cast<std::ptrdiff_t>(call_id_stack_.size() - 2));
    if (!forgotten_.empty()) return forgotten_.back();
    return std::nullopt;
}

}  // namespace hiratake
