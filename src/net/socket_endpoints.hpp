#pragma once

#include <boost/asio/ip/tcp.hpp>
#include <string>

namespace hiratake::net {

enum class SocketRole { client, server };

/// The names of a connected socket's ends, read once: a socket that has been reset no longer knows them.
struct SocketEndpoints {
    std::string description;
    std::string peer_address;
    bool is_loopback = false;
};

/// "?" stands for an end that is unknown because the peer has gone already.
SocketEndpoints read_endpoints(const boost::asio::ip::tcp::socket& socket, SocketRole role);

}  // namespace hiratake::net
