#pragma once

#include "hiratake/http/request.hpp"

namespace hiratake::http {

/// The cookies that a request carries (RFC 6265 section 4.2), in order; the first of a name is the one that the client
/// holds for the longest path. What is no pair of a name and a value is left out.
TextFields cookies_of(const Headers& headers);

}  // namespace hiratake::http
