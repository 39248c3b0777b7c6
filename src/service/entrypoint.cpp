#include "hiratake/service/entrypoint.hpp"

namespace hiratake {

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
