#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "broker/core/fault.hpp"
#include "broker/core/string_map.hpp"
#include "broker/core/users.hpp"

namespace hiratake::broker::core {

/// What one logged-in user may do in the vhost that it has entered. Remembers its latest answers, because publishing
/// asks for each message.
class AccessControl {
  public:
    /// `permissions` are the user's.
    AccessControl(std::shared_ptr<const User> user, const Permissions& permissions, std::string vhost)
        : user_(std::move(user)), permissions_(permissions), vhost_(std::move(vhost)) {}

    MaybeFault check_queue(Access access, std::string_view name) { return check(access, "queue", name); }
    /// The default exchange goes by the name amq.default here.
    MaybeFault check_exchange(Access access, std::string_view name) {
        return check(access, "exchange", name.empty() ? "amq.default" : name);
    }
    const User& user() const { return *user_; }

  private:
    MaybeFault check(Access access, std::string_view kind, std::string_view name);

    std::shared_ptr<const User> user_;
    const Permissions& permissions_;
    std::string vhost_;
    StringMap<bool> answers_[3];
};

}  // namespace hiratake::broker::core
