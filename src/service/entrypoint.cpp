#include "hiratake/service/entrypoint.hpp"

namespace hiratake {

bool Entrypoint::drain(Deadline) noexcept {
    return true;
}

EntrypointDescription Entrypoint::describe(const std::string&, const Config&) const {
    EntrypointDescription description;
    description.method_name = method_name_;
    description.doc = options_.doc();
    description.exceptions = options_.exceptions();
    description.sensitive_arguments = options_.sensitive_arguments();
    return description;
}

}  // namespace hiratake
