#include "hiratake/http/route_options.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "hiratake/base/error.hpp"

namespace hiratake::http {
namespace {

void check_status(const char* word, int status, int least, int most) {
    if (status >= least && status <= most) return;
    throw ConfigurationError(fmt::format("{}: {} is no status from {} to {}", word, status, least, most));
}

}  // namespace

RouteOptions& RouteOptions::status(int status) {
    check_status("status()", status, 200, 299);
    success_status_ = status;
    return *this;
}

RouteOptions& RouteOptions::responds(int status, std::string meaning) {
    check_status("responds()", status, 200, 599);
    const auto known = std::find_if(responses_.begin(), responses_.end(),
                                    [status](const DocumentedResponse& each) { return each.status == status; });
    if (known == responses_.end()) {
        responses_.push_back({status, std::move(meaning)});
    } else if (!meaning.empty()) {
        known->meaning = std::move(meaning);
    }
    return *this;
}

RouteOptions& RouteOptions::add_mapping(const Mapping& mapping) {
    check_status("maps()", mapping.status, 400, 599);
    mappings_.push_back(mapping);
    return responds(mapping.status, "");
}

std::optional<int> RouteOptions::status_of(const std::exception_ptr& error) const {
    for (const Mapping& mapping : mappings_) {
        if (mapping.fits(error)) return mapping.status;
    }
    return std::nullopt;
}

std::optional<int> RouteOptions::status_of(const std::type_info& type) const {
    for (const Mapping& mapping : mappings_) {
        if (*mapping.type == type) return mapping.status;
    }
    return std::nullopt;
}

}  // namespace hiratake::http
