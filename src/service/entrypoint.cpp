#include "hiratake/service/entrypoint.hpp"

#include <algorithm>

namespace hiratake {

bool EntrypointOptions::is_expected(const std::exception_ptr& error) const {
    return std::any_of(expected_.begin(), expected_.end(), [&](const auto& matches) { return matches(error); });
}

}  // namespace hiratake
