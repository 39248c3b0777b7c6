#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace hiratake::broker::core {

/// What a client logs in with.
struct Credentials {
    std::string user;
    std::string password;
};

/// The mechanisms that the broker offers, as connection.start lists them.
inline constexpr std::string_view offered_mechanisms = "PLAIN AMQPLAIN";

/// Reads the response of PLAIN (RFC 4616, the authorization identity ignored) or AMQPLAIN (a field table without its
/// length, with LOGIN and PASSWORD). Nothing for a response that is neither, or another mechanism.
std::optional<Credentials> read_credentials(std::string_view mechanism, std::string_view response);
bool is_offered_mechanism(std::string_view mechanism);

}  // namespace hiratake::broker::core
