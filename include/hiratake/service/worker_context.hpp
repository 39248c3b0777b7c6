#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "hiratake/base/call_id_stack.hpp"
#include "hiratake/base/deadline.hpp"
#include "hiratake/payload/value.hpp"

namespace hiratake {

/// What a worker knows of the call it runs: whose it is, where it came from, and the context data that travel with it.
/// Belongs to one worker and is used on its thread only.
class WorkerContext {
  public:
    /// What an entrypoint found in the message or request that caused the call.
    struct Inbound {
        /// The caller's call-id stack, oldest first; empty where the call starts here.
        CallIdStack call_id_stack;
        /// Context data sent along by the caller.
        Object data;
        /// How often this message has been tried, this time included.
        std::uint32_t attempt = 1;
        /// Until when the caller waits for the result.
        Deadline deadline = {};
    };

    /// @param uuid makes this call's id unique
    /// @param parent_calls_tracked how many callers the stack remembers; the oldest are dropped (Nameko)
    WorkerContext(std::string_view service_name, std::string_view method_name, std::string_view uuid, Inbound&& inbound,
                  std::size_t parent_calls_tracked);

    std::string_view service_name() const { return call_id().substr(0, service_name_size_); }
    std::string_view method_name() const { return call_id().substr(service_name_size_ + 1, method_name_size_); }

    /// `<service>.<method>.<uuid>`
    std::string_view call_id() const { return call_id_stack_.back(); }
    /// The callers' ids, oldest first, and this call's own at the end.
    const CallIdStack& call_id_stack() const { return call_id_stack_; }
    /// The first call that is remembered of the chain that led here; none when the chain starts here.
    std::optional<std::string_view> origin_call_id() const;
    std::optional<std::string_view> immediate_parent_call_id() const;

    /// 1, or more where a message comes again under EntrypointOptions::retry().
    std::uint32_t attempt() const { return attempt_; }
    /// When nobody waits for the result any more, as far as the caller has said so. Calls that the worker waits for end
    /// then at the latest.
    Deadline deadline() const { return deadline_; }

    /// Context data: read by the worker, changed by it, and sent along with each call and event that it makes.
    Object& data() { return data_; }
    const Object& data() const { return data_; }

  private:
    // The names are where the call's id has them.
    std::size_t service_name_size_;
    std::size_t method_name_size_;
    CallIdStack call_id_stack_;
    /// The callers that the stack does not remember.
    CallIdStack forgotten_;
    Object data_;
    std::uint32_t attempt_;
    Deadline deadline_;
};

}  // namespace hiratake
