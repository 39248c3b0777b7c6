#pragma once

#include <set>
#include <string>

#include "hiratake/payload/value.hpp"

namespace hiratake {
class Config;
struct EntrypointDescription;
struct ServiceDefinition;
}  // namespace hiratake

namespace hiratake::documents {

/// How a service asks its HTTP clients for credentials, by what its dependencies say of themselves: those of the kind
/// "http_authentication", with the details name, scheme (a Security Scheme Object of OpenAPI) and public_paths.
class Security {
  public:
    Security(const ServiceDefinition& service, const Config& config);

    /// By name, for `components.securitySchemes`.
    const Object& schemes() const { return schemes_; }
    /// The Security Requirement Objects of a route, each of which is enough; none where it is public.
    Array requirements(const EntrypointDescription& route) const;

  private:
    Object schemes_;
    std::set<std::string> public_paths_;
};

}  // namespace hiratake::documents
