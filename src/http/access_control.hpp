#pragma once

#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "hiratake/http/request.hpp"
#include "hiratake/http/response.hpp"
#include "http/authenticator.hpp"
#include "http/exchange.hpp"

namespace hiratake::http {

/// Asks the requests to a service's routes for credentials, where the service wants them. Filled before the first
/// request; check() is safe from any thread.
class AccessControl {
  public:
    /// @param realm names the service in challenges
    explicit AccessControl(std::string realm) : realm_(std::move(realm)) {}

    void require(std::shared_ptr<const Authenticator> authenticator, const std::vector<std::string>& public_paths);
    /// The paths that need no credentials.
    const std::set<std::string, std::less<>>& public_paths() const { return public_paths_; }

    /// Whether requests to this path need credentials.
    bool applies_to(std::string_view path) const { return !authenticators_.empty() && !public_paths_.contains(path); }
    /// Runs the user's verification, which may wait: on a worker. Notes who it is in the exchange and in the context
    /// data. Rethrows what the verification throws.
    /// @return the answer to a request that is not let in
    std::optional<Response> check(const Request& request, Exchange& exchange, Object& context_data) const;

  private:
    Response refusal(const Authenticator* refused_by) const;

    std::string realm_;
    // Shared with the dependency providers that made them.
    std::vector<std::shared_ptr<const Authenticator>> authenticators_;
    std::set<std::string, std::less<>> public_paths_;
};

}  // namespace hiratake::http
