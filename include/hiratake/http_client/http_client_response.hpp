#pragma once

#include <string>
#include <utility>

#include "hiratake/http/headers.hpp"
#include "hiratake/payload/convert.hpp"

namespace hiratake {

/// What a server answered to an HttpClient's request.
struct HttpClientResponse {
    int status = 0;
    http::Headers headers = {};
    /// Whole, and not compressed any more.
    std::string body = {};
    /// "GET https://api.example.com/orders", for errors.
    std::string request = {};

    /// Itself, for a status from 200 to 299. Throws UnexpectedHttpStatus for any other.
    const HttpClientResponse& require_success() const;

    /// The body, which is JSON, as a T. Throws HttpClientError when it is no JSON or does not fit.
    template <class T>
    T json() const {
        Value value = json_value();
        try {
            return from_value<T>(std::move(value));
        } catch (const ConversionError& error) {
            refuse_body(error.what());
        }
    }

  private:
    Value json_value() const;
    [[noreturn]] void refuse_body(const std::string& reason) const;
};

}  // namespace hiratake
