#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace hiratake::rpc {

/// What a call is known by.
class CallNames {
  public:
    /// @param target "mail.send"
    /// @param call_id the caller's own id, for errors and logs
    /// @param correlation_id by which its reply finds it in a ReplyBook
    CallNames(std::string_view target, std::string_view call_id, std::string_view correlation_id = {})
        : call_id_at_(target.size()), correlation_id_at_(target.size() + call_id.size()) {
        texts_.reserve(correlation_id_at_ + correlation_id.size());
        texts_.append(target).append(call_id).append(correlation_id);
    }

    std::string_view target() const { return std::string_view{texts_}.substr(0, call_id_at_); }
    std::string_view call_id() const {
        return std::string_view{texts_}.substr(call_id_at_, correlation_id_at_ - call_id_at_);
    }
    std::string_view correlation_id() const { return std::string_view{texts_}.substr(correlation_id_at_); }

  private:
    /// One behind the other, in one piece of memory.
    std::string texts_;
    std::size_t call_id_at_;
    std::size_t correlation_id_at_;
};

}  // namespace hiratake::rpc
