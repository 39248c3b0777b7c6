#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "hiratake/http/request.hpp"
#include "http/body_rules.hpp"
#include "http/responder.hpp"

namespace hiratake::http {

/// What the server hands the requests of one route to.
class RouteHandler {
  public:
    virtual const std::string& http_method() const = 0;
    /// As declared: "/orders/{id}".
    virtual const std::string& path() const = 0;
    /// The arguments whose values the access log does not show.
    virtual std::vector<std::string> sensitive_arguments() const = 0;

    /// What becomes of the bodies of its requests. Does not wait.
    /// @param max_bytes what holds for routes that do not have a bound of their own
    virtual BodyRules body_rules(std::uint64_t max_bytes) const { return {max_bytes}; }

    /// On the loop's thread: does not wait. Answers now or later, from any thread.
    virtual void handle(Request request, Responder responder) = 0;

  protected:
    ~RouteHandler() = default;
};

}  // namespace hiratake::http
