#pragma once

namespace hiratake::payload {

/// Where the run of characters ends that JSON text writes as they are: ASCII, and neither a quote, a backslash nor a
/// control character (DEL is one).
const char* end_of_plain_run(const char* at, const char* end);

}  // namespace hiratake::payload
