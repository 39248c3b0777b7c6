#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "broker/core/permissions.hpp"
#include "broker/core/string_map.hpp"

namespace hiratake::broker::core {

/// Somebody who may log in.
struct User {
    std::string name;
    std::string password;
    std::vector<std::string> tags;
    /// By vhost. A vhost that is not here may not be entered.
    StringMap<Permissions> permissions;

    bool has_tag(std::string_view tag) const;
};

/// All of them.
class Users {
  public:
    /// Replaces a user of the same name; sessions that are logged in as the old one go on as such.
    void add(User user);
    /// The user, if there is one of that name with that password.
    std::shared_ptr<const User> authenticate(std::string_view name, std::string_view password) const;

  private:
    // Shared with the sessions that are logged in.
    StringMap<std::shared_ptr<const User>> users_;
};

}  // namespace hiratake::broker::core
