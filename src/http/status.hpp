#pragma once

#include <string_view>

namespace hiratake::http {

/// "Not Found" for 404 (RFC 9110 section 15); empty for a status without a name.
std::string_view reason_phrase(int status);

}  // namespace hiratake::http
