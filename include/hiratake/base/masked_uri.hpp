#pragma once

#include <string>
#include <string_view>

namespace hiratake {

/// The text with the password of each `scheme://user:password@` in it replaced by `**`. Every URI that reaches a log
/// line, an error or a page goes through here.
std::string masked_uri(std::string_view text);

}  // namespace hiratake
