#pragma once

#include <string>

#include "hiratake/base/error.hpp"

namespace hiratake {

/// A request without a usable answer. what() names the method and the URL, without passwords and the values of its
/// query, and what went wrong.
class HttpClientError : public Error {
  public:
    explicit HttpClientError(const std::string& what) : Error(what) {}
    ~HttpClientError() override;
};

/// No answer in time. The server may have done what it was asked for.
class HttpClientTimeout : public HttpClientError {
  public:
    explicit HttpClientTimeout(const std::string& what) : HttpClientError(what) {}
    ~HttpClientTimeout() override;
};

/// An answer with another status than 200 to 299, where the caller has asked for one of these.
class UnexpectedHttpStatus : public HttpClientError {
  public:
    UnexpectedHttpStatus(const std::string& what, int status) : HttpClientError(what), status_(status) {}
    ~UnexpectedHttpStatus() override;

    int status() const { return status_; }

  private:
    int status_;
};

}  // namespace hiratake
