#pragma once

#include <string>

namespace hiratake::http_client {

/// "GET https://user:**@api.example.com/orders?**": a request as errors name it, without what may be secret.
std::string shown_request(const std::string& method, const std::string& url);

}  // namespace hiratake::http_client
