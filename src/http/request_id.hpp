#pragma once

#include <string>

#include "hiratake/base/random.hpp"
#include "hiratake/http/request.hpp"

namespace hiratake::http {

/// What the client, or a proxy in between, calls this request in X-Request-ID, if that is 1 to 128 letters, digits and
/// -._~:/+=@; else a new uuid.
std::string request_id_of(const Request& request, Random& random);

}  // namespace hiratake::http
