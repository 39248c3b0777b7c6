#include "hiratake/service/resources.hpp"

#include <fmt/core.h>

#include "hiratake/base/error.hpp"
#include "hiratake/service/error_description.hpp"

namespace hiratake {

void Resources::refuse(std::type_index type) {
    throw ConfigurationError(
        fmt::format("this process has no {}, which one of its services needs: the runner, or the test, must add() it",
                    type_path(type)));
}

}  // namespace hiratake
