#include "http/cors.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>

#include "hiratake/base/error.hpp"
#include "http/text_list.hpp"

namespace hiratake::http {
namespace {

std::string joined(const std::vector<std::string>& texts) {
    return fmt::format("{}", fmt::join(texts, ", "));
}

}  // namespace

Cors::Cors(const Config& config)
    : origins_(read_text_list(config, "http.cors.origins")),
      methods_(joined(read_text_list(config, "http.cors.methods"))),
      headers_(joined(read_text_list(config, "http.cors.headers"))),
      exposed_headers_(joined(read_text_list(config, "http.cors.exposed_headers"))),
      credentials_(config.boolean("http.cors.credentials").value_or(false)) {
    if (const auto max_age = config.seconds("http.cors.max_age")) {
        max_age_s_ = std::chrono::duration_cast<std::chrono::seconds>(*max_age).count();
    }
    if (credentials_ && allows_any()) {
        throw ConfigurationError(
            "http.cors: credentials cannot be allowed to every origin; name the origins instead of '*'");
    }
}

bool Cors::allows_any() const {
    return std::find(origins_.begin(), origins_.end(), "*") != origins_.end();
}

const std::string* Cors::allowed_origin(const Request& request) const {
    const auto* origin = request.headers.find("Origin");
    if (!origin) return nullptr;
    const bool is_allowed = allows_any() || std::find(origins_.begin(), origins_.end(), *origin) != origins_.end();
    return is_allowed ? origin : nullptr;
}

void Cors::allow(const Request& request, Headers& answer_headers) const {
    if (!is_on()) return;
    // Of a request from the same site, too: a cache must not give its answer to a page of another.
    if (!allows_any()) answer_headers.add("Vary", "Origin");
    const auto* origin = allowed_origin(request);
    if (!origin) return;
    answer_headers.set("Access-Control-Allow-Origin", allows_any() ? "*" : *origin);
    if (credentials_) answer_headers.set("Access-Control-Allow-Credentials", "true");
    if (!exposed_headers_.empty()) answer_headers.set("Access-Control-Expose-Headers", exposed_headers_);
}

void Cors::answer_preflight(const Request& request, const std::string& path_methods, Response& response) const {
    if (!is_on() || !allowed_origin(request) || !request.headers.contains("Access-Control-Request-Method")) return;
    response.headers.set("Access-Control-Allow-Methods", methods_.empty() ? path_methods : methods_);
    const auto* wanted = request.headers.find("Access-Control-Request-Headers");
    const std::string allowed_headers = headers_.empty() && wanted ? *wanted : headers_;
    if (!allowed_headers.empty()) response.headers.set("Access-Control-Allow-Headers", allowed_headers);
    response.headers.set("Access-Control-Max-Age", std::to_string(max_age_s_));
    response.headers.add("Vary", "Access-Control-Request-Method, Access-Control-Request-Headers");
}

}  // namespace hiratake::http
