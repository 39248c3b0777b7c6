#pragma once

#include <string>

#include "hiratake/payload/value.hpp"
#include "rpc/pending_reply.hpp"

namespace hiratake::rpc {

/// The result in a reply. Throws the exception that the reply describes, as PendingResult::result() lists them, and
/// MalformedReply for what is no reply.
/// @param target "mail.send", for errors
Value open_reply(const ReplyOutcome& outcome, const std::string& target);

}  // namespace hiratake::rpc
