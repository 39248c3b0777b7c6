#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "hiratake/http/authentication.hpp"
#include "hiratake/service/config.hpp"

namespace hiratake::http {

/// One scheme of HTTP authentication (RFC 9110 section 11).
class Authenticator {
  public:
    virtual ~Authenticator() = default;

    virtual void setup(const Config& config) { static_cast<void>(config); }
    /// "Bearer", "Basic"
    virtual std::string_view scheme() const = 0;
    /// For WWW-Authenticate. @param was_refused credentials came and were not valid
    virtual std::string challenge(const std::string& realm, bool was_refused) const = 0;
    /// @param credentials what follows the scheme in the Authorization header
    virtual std::optional<Principal> verify(const std::string& credentials) const = 0;
    /// Whether the credentials may travel on in the context data, as Nameko's `auth_token`.
    virtual bool passes_credentials_on() const { return false; }
};

}  // namespace hiratake::http
