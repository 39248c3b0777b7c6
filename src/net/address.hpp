#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace hiratake::net {

/// "host:port", with an IPv6 literal in brackets.
std::string host_and_port(std::string_view host, std::uint16_t port);

/// Whether the text is an IPv4 or IPv6 literal rather than a name.
bool is_ip_literal(const std::string& host);

}  // namespace hiratake::net
