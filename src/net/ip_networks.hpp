#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace hiratake::net {

/// A set of IP networks, such as 10.0.0.0/8 and fd00::/8.
class IpNetworks {
  public:
    IpNetworks() = default;
    /// An address without a length stands for itself alone. Throws ConfigurationError for a text that is none of these.
    explicit IpNetworks(const std::vector<std::string>& networks);

    /// @param address an IP literal; anything else is in no network
    bool contain(std::string_view address) const;
    bool empty() const { return networks_.empty(); }

  private:
    /// IPv4 as IPv6 has it: ::ffff:10.0.0.1.
    using Bytes = std::array<std::uint8_t, 16>;
    struct Network {
        Bytes address{};
        unsigned prefix_bits = 128;
    };

    static bool parse(std::string_view text, Bytes& address, bool& is_v4);

    std::vector<Network> networks_;
};

}  // namespace hiratake::net
