#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace hiratake::payload {

/// RFC 4648 section 4, padded.
std::string encode_base64(std::string_view bytes);
/// Nothing for a text that is not padded base64 without line breaks.
std::optional<std::string> decode_base64(std::string_view text);

}  // namespace hiratake::payload
