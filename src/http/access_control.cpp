#include "http/access_control.hpp"

#include <algorithm>
#include <string_view>

#include "http/ascii.hpp"
#include "http/problem.hpp"

namespace hiratake::http {

void AccessControl::require(std::shared_ptr<const Authenticator> authenticator,
                            const std::vector<std::string>& public_paths) {
    authenticators_.push_back(std::move(authenticator));
    public_paths_.insert(public_paths.begin(), public_paths.end());
}

std::optional<Response> AccessControl::check(const Request& request, Exchange& exchange, Object& context_data) const {
    if (!applies_to(exchange.route)) return std::nullopt;
    const auto* authorization = request.headers.find("Authorization");
    if (!authorization || request.headers.count("Authorization") != 1) return refusal(nullptr);
    const auto space = std::min(authorization->find(' '), authorization->size());
    const auto scheme = std::string_view(*authorization).substr(0, space);
    const std::string credentials{trimmed(std::string_view(*authorization).substr(space))};
    for (const auto& authenticator : authenticators_) {
        if (!equal_ignoring_case(authenticator->scheme(), scheme)) continue;
        auto principal = authenticator->verify(credentials);
        if (!principal) return refusal(authenticator.get());
        for (auto& member : principal->context_data) context_data.set(member.name, std::move(member.value));
        context_data.set("user_id", principal->user_id);
        if (authenticator->passes_credentials_on()) context_data.set("auth_token", credentials);
        exchange.user = std::move(principal->user_id);
        return std::nullopt;
    }
    return refusal(nullptr);
}

Response AccessControl::refusal(const Authenticator* refused_by) const {
    auto response = problem(401, refused_by ? "the credentials are not valid" : "this needs credentials");
    for (const auto& authenticator : authenticators_) {
        response.headers.add("WWW-Authenticate", authenticator->challenge(realm_, authenticator.get() == refused_by));
    }
    return response;
}

}  // namespace hiratake::http
