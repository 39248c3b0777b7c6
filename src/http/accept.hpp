#pragma once

#include <string_view>

#include "hiratake/http/headers.hpp"

namespace hiratake::http {

/// Whether a client takes an answer of this media type: what its Accept says (RFC 9110 section 12.5.1), where the most
/// specific range decides; anything when it says nothing that can be understood.
/// @param media_type may have parameters, which do not matter
bool accepts(const Headers& headers, std::string_view media_type);

}  // namespace hiratake::http
