#include "hiratake/service/application_error_types.hpp"

#include <algorithm>

#include "hiratake/service/error_description.hpp"

namespace hiratake {

ApplicationError::~ApplicationError() = default;

const ApplicationErrorType* ApplicationErrorTypes::find(const ApplicationError& error) const {
    const auto own = std::find_if(begin(), end(), [&](const auto& each) { return *each.type == typeid(error); });
    if (own != end()) return &*own;
    const auto base = std::find_if(begin(), end(), [&](const auto& each) { return each.is_base_of(error); });
    return base == end() ? nullptr : &*base;
}

const ApplicationErrorType* ApplicationErrorTypes::find(std::string_view path) const {
    const auto found = std::find_if(begin(), end(), [path](const auto& each) { return each.path() == path; });
    return found == end() ? nullptr : &*found;
}

std::string ApplicationErrorTypes::path_of(const ApplicationError& error) const {
    if (const ApplicationErrorType* type = find(error)) return type->path();
    return error.origin() ? error.origin()->path : type_path(typeid(error));
}

}  // namespace hiratake
