#include "net/socket_endpoints.hpp"

#include "net/address.hpp"
#include "net/error_code.hpp"

namespace hiratake::net {
namespace {

using boost::asio::ip::tcp;

// An IPv4 peer of a socket that listens on "::" is shown as what it is.
boost::asio::ip::address plain(const boost::asio::ip::address& address) {
    if (address.is_v6() && address.to_v6().is_v4_mapped()) {
        return boost::asio::ip::make_address_v4(boost::asio::ip::v4_mapped, address.to_v6());
    }
    return address;
}

std::string text(const tcp::endpoint& endpoint, ErrorCode error) {
    return error ? "?" : host_and_port(plain(endpoint.address()).to_string(), endpoint.port());
}

}  // namespace

SocketEndpoints read_endpoints(const tcp::socket& socket, SocketRole role) {
    ErrorCode local_error;
    ErrorCode remote_error;
    const auto local = socket.local_endpoint(local_error);
    const auto remote = socket.remote_endpoint(remote_error);
    const auto here = text(local, local_error);
    const auto there = text(remote, remote_error);
    SocketEndpoints endpoints;
    endpoints.description = role == SocketRole::client ? here + " -> " + there : there + " -> " + here;
    endpoints.peer_address = remote_error ? "?" : plain(remote.address()).to_string();
    endpoints.is_loopback = !remote_error && plain(remote.address()).is_loopback();
    return endpoints;
}

}  // namespace hiratake::net
