#pragma once

#include <boost/asio/ip/tcp.hpp>

#include "net/error_code.hpp"
#include "net/socket_options.hpp"

namespace hiratake::net {

/// Sets the options; returns the first refusal. Comes from the peer's having gone already as often as from the options.
ErrorCode apply_options(boost::asio::ip::tcp::socket& socket, const SocketOptions& options);

}  // namespace hiratake::net
