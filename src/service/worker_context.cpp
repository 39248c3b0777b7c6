#include "hiratake/service/worker_context.hpp"

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
    std::string& call_id = call_id_stack_.emplace_back();
    call_id.reserve(service_name_.size() + method_name_.size() + uuid.size() + 2);
    call_id.append(service_name_).append(1, '.').append(method_name_).append(1, '.').append(uuid);
    const std::size_t kept = parent_calls_tracked + 1;
    if (call_id_stack_.size() > kept) {
        call_id_stack_.erase(call_id_stack_.begin(), call_id_stack_.end() - static_cast<std::ptrdiff_t>(kept));
    }
}

}  // namespace hiratake
