#include "net/tcp_socket.hpp"

#include <netinet/tcp.h>

#include <boost/asio/detail/socket_option.hpp>

namespace hiratake::net {
namespace {

template <int Name>
using TcpOption = boost::asio::detail::socket_option::integer<IPPROTO_TCP, Name>;

}  // namespace

ErrorCode apply_options(boost::asio::ip::tcp::socket& socket, const SocketOptions& options) {
    ErrorCode first;
    const auto set = [&](const auto& option) {
        ErrorCode error;
        socket.set_option(option, error);
        if (error && !first) first = error;
    };
    set(boost::asio::ip::tcp::no_delay(options.no_delay));
    set(boost::asio::socket_base::keep_alive(options.keep_alive));
    if (options.keep_alive) {
        set(TcpOption<TCP_KEEPIDLE>(static_cast<int>(options.keep_alive_idle.count())));
        set(TcpOption<TCP_KEEPINTVL>(static_cast<int>(options.keep_alive_interval.count())));
        set(TcpOption<TCP_KEEPCNT>(options.keep_alive_count));
    }
    if (options.user_timeout) set(TcpOption<TCP_USER_TIMEOUT>(static_cast<int>(options.user_timeout->count())));
    return first;
}

}  // namespace hiratake::net
