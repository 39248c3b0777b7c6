#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "hiratake/payload/value.hpp"

namespace hiratake {
class DependencyProvider;
}

namespace hiratake::http {

/// Who has proved to send a request.
struct Principal {
    /// Goes into the context data as `user_id`, and so to every service that is called on the way; into the access log.
    std::string user_id;
    /// More for the context data: roles, a tenant.
    Object context_data = {};
};

/// What the two kinds of authentication share: as a member of a service class, it asks every HTTP request to the
/// service's routes for credentials, but those of the paths named as public, and the routes declared with
/// public_access(). A request without valid ones is answered 401 with WWW-Authenticate and reaches no method. Pages of
/// the framework (health, metrics, documentation) and WebSockets are not asked. A service with both kinds takes either.
class Authentication {
  public:
    /// Who sent the request that this worker runs for, or made the first call of the chain that led here; empty where
    /// nobody was asked.
    const std::string& user_id() const { return user_id_; }

  protected:
    Authentication() = default;
    explicit Authentication(std::vector<std::string> public_paths) : public_paths_(std::move(public_paths)) {}

    std::vector<std::string> public_paths_;

  private:
    friend class AuthenticationProvider;

    std::string user_id_;
};

/// A dependency: bearer tokens (RFC 6750).
///
///     hiratake::http::BearerAuth caller{&verify_token, {"/hours"}};
class BearerAuth : public Authentication {
  public:
    /// Returns whose token it is; nothing for one that is not valid. Throws HttpError(403, …) for one that is valid and
    /// not enough. Called on worker threads, several at once; it may wait.
    using Verify = std::function<std::optional<Principal>(const std::string& token)>;

    /// None: refused with ConfigurationError when the service starts.
    BearerAuth() = default;
    /// @param public_paths paths that need no token, as they are declared: "/orders/{id}". The service does not start
    /// when it has no such path (ConfigurationError).
    explicit BearerAuth(Verify verify, std::vector<std::string> public_paths = {})
        : Authentication(std::move(public_paths)), verify_(std::move(verify)) {}

    std::unique_ptr<DependencyProvider> make_provider() const;

  private:
    Verify verify_;
};

/// A dependency: users with passwords (RFC 7617). For servers that speak TLS, or stand behind a proxy that does.
///
///     hiratake::http::BasicAuth caller{"http.users"};
class BasicAuth : public Authentication {
  public:
    /// As BearerAuth::Verify.
    using Verify = std::function<std::optional<Principal>(const std::string& user, const std::string& password)>;

    /// None: refused with ConfigurationError when the service starts.
    BasicAuth() = default;
    explicit BasicAuth(Verify verify, std::vector<std::string> public_paths = {})
        : Authentication(std::move(public_paths)), verify_(std::move(verify)) {}
    /// @param users_key where the configuration has the passwords by user: `http.users` for `http: {users: {…}}`
    explicit BasicAuth(const char* users_key, std::vector<std::string> public_paths = {})
        : Authentication(std::move(public_paths)), users_key_(users_key) {}

    std::unique_ptr<DependencyProvider> make_provider() const;

  private:
    Verify verify_;
    std::string users_key_;
};

}  // namespace hiratake::http
