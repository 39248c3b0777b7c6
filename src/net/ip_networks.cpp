#include "net/ip_networks.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <boost/asio/ip/address.hpp>
#include <charconv>
#include <system_error>

#include "hiratake/base/error.hpp"
#include "net/error_code.hpp"

namespace hiratake::net {
namespace {

constexpr unsigned v4_bits = 32;
constexpr unsigned v6_bits = 128;

}  // namespace

bool IpNetworks::parse(std::string_view text, Bytes& address, bool& is_v4) {
    ErrorCode error;
    const auto parsed = boost::asio::ip::make_address(std::string{text}, error);
    if (error) return false;
    is_v4 = parsed.is_v4();
    const auto v6 = is_v4 ? boost::asio::ip::make_address_v6(boost::asio::ip::v4_mapped, parsed.to_v4()).to_bytes()
                          : parsed.to_v6().to_bytes();
    std::copy(v6.begin(), v6.end(), address.begin());
    return true;
}

IpNetworks::IpNetworks(const std::vector<std::string>& networks) {
    for (const std::string& text : networks) {
        const auto slash = std::min(text.find('/'), text.size());
        Network network;
        bool is_v4 = false;
        bool is_valid = parse(std::string_view{text}.substr(0, slash), network.address, is_v4);
        const unsigned most = is_v4 ? v4_bits : v6_bits;
        unsigned length = most;
        if (slash < text.size()) {
            const auto [end, error] = std::from_chars(text.data() + slash + 1, text.data() + text.size(), length);
            is_valid = is_valid && error == std::errc{} && end == text.data() + text.size() && length <= most;
        }
        if (!is_valid) throw ConfigurationError(fmt::format("'{}' is no IP network; write it as 10.0.0.0/8", text));
        network.prefix_bits = v6_bits - most + length;
        networks_.push_back(network);
    }
}

bool IpNetworks::contain(std::string_view address) const {
    Bytes bytes{};
    bool is_v4 = false;
    if (!parse(address, bytes, is_v4)) return false;
    return std::any_of(networks_.begin(), networks_.end(), [&](const Network& network) {
        for (unsigned bit = 0; bit < network.prefix_bits; bit += 8) {
            const unsigned rest = std::min(network.prefix_bits - bit, 8U);
            const auto mask = static_cast<std::uint8_t>(0xff00U >> rest);
            if (((bytes[bit / 8] ^ network.address[bit / 8]) & mask) != 0) return false;
        }
        return true;
    });
}

}  // namespace hiratake::net
