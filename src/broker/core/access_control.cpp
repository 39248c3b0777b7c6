#include "broker/core/access_control.hpp"

#include <fmt/core.h>

namespace hiratake::broker::core {
namespace {

constexpr std::size_t remembered_answers = 256;

}  // namespace

MaybeFault AccessControl::check(Access access, std::string_view kind, std::string_view name) {
    StringMap<bool>& answers = answers_[static_cast<int>(access)];
    auto answer = answers.find(name);
    if (answer == answers.end()) {
        if (answers.size() >= remembered_answers) answers.clear();
        answer = answers.emplace(name, allows(permissions_, access, name)).first;
    }
    if (answer->second) return std::nullopt;
    return access_refused(
        fmt::format("access to {} refused for user '{}'", described(kind, name, vhost_), user_->name));
}

}  // namespace hiratake::broker::core
