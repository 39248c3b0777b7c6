#include "hiratake/service/entrypoint.hpp"

namespace hiratake {

bool Entrypoint::drain(Deadline) noexcept {
    return true;
}

EntrypointDescription Entrypoint::describe(const std::string&, const Config&) const {
    EntrypointDescription description;
    description.method_name = method_name_;
    description.doc = options_.doc();
    for (const ApplicationErrorType& type : options_.exceptions()) {
        description.exceptions.push_back({type.path(), std::string{type.doc}, type.details_schema});
    }
    description.sensitive_arguments = options_.sensitive_arguments();
    return description;
}

}  // namespace hiratake
