#pragma once

#include <string>
#include <vector>

#include "hiratake/http/request.hpp"
#include "http/responder.hpp"

namespace hiratake::http {

/// What the server hands the requests of one route to.
class RouteHandler {
  public:
    virtual const std::string& http_method() const = 0;
    /// As declared: "/orders/{id}".
    virtual const std::string& path() const = 0;
    /// The arguments whose values the access log does not show.
    virtual const std::vector<std::string>& sensitive_arguments() const = 0;

    /// On the loop's thread: does not wait. Answers now or later, from any thread.
    virtual void handle(Request request, Responder responder) = 0;

  protected:
    ~RouteHandler() = default;
};

}  // namespace hiratake::http
