#pragma once

#include <boost/system/error_code.hpp>

namespace hiratake::net {

using ErrorCode = boost::system::error_code;

/// The peer has ended the stream, in order (FIN, close_notify) or with the TLS farewell left out: every protocol spoken
/// here frames its own messages, so a missing farewell hides nothing.
bool is_end_of_stream(ErrorCode error);

/// The operation was given up on this side: the stream was closed or destroyed, a timer or connector cancelled.
bool is_cancelled(ErrorCode error);

}  // namespace hiratake::net
