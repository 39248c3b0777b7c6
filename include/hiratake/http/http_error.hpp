#pragma once

#include <string>

#include "hiratake/base/error.hpp"

namespace hiratake::http {

/// Thrown by a handler to answer with this status and this text: `throw http::HttpError(404, "there is no order 17")`.
/// The text reaches the client.
class HttpError : public Error {
  public:
    /// @param status 400 to 599; anything else becomes 500
    HttpError(int status, const std::string& detail) : Error(detail), status_(status) {}
    ~HttpError() override;

    int status() const { return status_; }

  private:
    int status_;
};

}  // namespace hiratake::http
