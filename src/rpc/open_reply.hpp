#pragma once

#include <optional>
#include <string_view>

#include "hiratake/payload/value.hpp"
#include "rpc/pending_reply.hpp"

namespace hiratake::rpc {

/// The result in a reply. Throws the exception that the reply describes, as PendingResult::result() lists them, and
/// MalformedReply for what is no reply.
/// @param target "mail.send", for errors
Value open_reply(const ReplyOutcome& outcome, std::string_view target);

/// The result in a reply of JSON, not yet read, where it is easy to find; open_reply() has to look where it is not.
std::optional<std::string_view> json_result_in(const ReplyOutcome& outcome);

}  // namespace hiratake::rpc
