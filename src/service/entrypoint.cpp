#include "hiratake/service/entrypoint.hpp"

#include <algorithm>

namespace hiratake {

bool EntrypointOptions::is_expected(const std::exception_ptr& error) const {
    return std::any_of(expected_.begin(), expected_.end(), [&](const auto& matches) { return matches(error); });
}

bool Entrypoint::drain(Deadline) noexcept {
    return true;
}

EntrypointDescription Entrypoint::describe(const std::string&, const Config&) const {
    EntrypointDescription description;
    description.method_name = method_name_;
    description.doc = options_.doc();
    return description;
}

}  // namespace hiratake
