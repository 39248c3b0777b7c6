#include "net/address.hpp"

#include <fmt/format.h>

#include <boost/asio/ip/address.hpp>

#include "net/error_code.hpp"

namespace hiratake::net {

std::string host_and_port(std::string_view host, std::uint16_t port) {
    return host.find(':') == std::string_view::npos ? fmt::format("{}:{}", host, port)
                                                    : fmt::format("[{}]:{}", host, port);
}

bool is_ip_literal(const std::string& host) {
    ErrorCode error;
    boost::asio::ip::make_address(host, error);
    return !error;
}

}  // namespace hiratake::net
