#pragma once

#include <cstdint>
#include <string_view>

namespace hiratake::amqp {

/// The reply codes of AMQP 0-9-1 section 1.1.
enum class ReplyCode : std::uint16_t {
    success = 200,
    content_too_large = 311,
    no_route = 312,
    no_consumers = 313,
    connection_forced = 320,
    invalid_path = 402,
    access_refused = 403,
    not_found = 404,
    resource_locked = 405,
    precondition_failed = 406,
    frame_error = 501,
    syntax_error = 502,
    command_invalid = 503,
    channel_error = 504,
    unexpected_frame = 505,
    resource_error = 506,
    not_allowed = 530,
    not_implemented = 540,
    internal_error = 541,
};

/// The name as it starts a reply text: "NOT_FOUND". Empty for a code that the protocol does not know.
std::string_view reply_code_name(ReplyCode code);

/// Whether an error of this code ends the connection; otherwise it ends the channel.
bool is_hard_error(ReplyCode code);

/// For the fields of methods, which are plain numbers.
constexpr std::uint16_t number(ReplyCode code) {
    return static_cast<std::uint16_t>(code);
}

}  // namespace hiratake::amqp
