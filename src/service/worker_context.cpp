#include "hiratake/service/worker_context.hpp"

#include <fmt/core.h>

namespace hiratake {

WorkerContext::WorkerContext(std::string service_name, std::string method_name, const std::string& uuid,
                             Inbound inbound, std::size_t parent_calls_tracked)
    : service_name_(std::move(service_name)),
      method_name_(std::move(method_name)),
      call_id_stack_(std::move(inbound.call_id_stack)),
      data_(std::move(inbound.data)),
      attempt_(inbound.attempt),
      deadline_(inbound.deadline) {
    if (!call_id_stack_.empty()) {
        origin_call_id_ = call_id_stack_.front();
        immediate_parent_call_id_ = call_id_stack_.back();
    }
    call_id_stack_.push_back(fmt::format("{}.{}.{}", service_name_, method_name_, uuid));
    const std::size_t kept = parent_calls_tracked + 1;
    if (call_id_stack_.size() > kept) {
        call_id_stack_.erase(call_id_stack_.begin(), call_id_stack_.end() - static_cast<std::ptrdiff_t>(kept));
    }
}

}  // namespace hiratake
