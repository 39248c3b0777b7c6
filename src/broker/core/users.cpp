#include "broker/core/users.hpp"

#include <algorithm>
#include <cstddef>
#include <utility>

namespace hiratake::broker::core {
namespace {

/// Takes as long for a wrong guess as for a right one of the same length.
bool same_secret(std::string_view left, std::string_view right) {
    if (left.size() != right.size()) return false;
    unsigned difference = 0;
    for (std::size_t index = 0; index < left.size(); ++index) {
        difference |= static_cast<unsigned>(left[index] ^ right[index]);
    }
    return difference == 0;
}

}  // namespace

bool User::has_tag(std::string_view tag) const {
    return std::find(tags.begin(), tags.end(), tag) != tags.end();
}

void Users::add(User user) {
    std::string name = user.name;
    users_.insert_or_assign(std::move(name), std::make_shared<const User>(std::move(user)));
}

std::shared_ptr<const User> Users::authenticate(std::string_view name, std::string_view password) const {
    const auto found = users_.find(name);
    return found != users_.end() && same_secret(found->second->password, password) ? found->second : nullptr;
}

}  // namespace hiratake::broker::core
