#include "http/trusted_proxies.hpp"

#include <algorithm>
#include <string_view>

#include "http/ascii.hpp"
#include "http/text_list.hpp"
#include "net/address.hpp"

namespace hiratake::http {
namespace {

std::string joined_values(const Request& request, std::string_view name) {
    std::string joined;
    for (const auto& header : request.headers) {
        if (!equal_ignoring_case(header.name, name)) continue;
        if (!joined.empty()) joined += ',';
        joined += header.value;
    }
    return joined;
}

std::string unquoted(std::string_view text) {
    if (text.size() < 2 || text.front() != '"' || text.back() != '"') return std::string{text};
    std::string plain;
    for (std::size_t i = 1; i + 1 < text.size(); ++i) {
        if (text[i] == '\\' && i + 2 < text.size()) ++i;
        plain += text[i];
    }
    return plain;
}

// "192.0.2.1", "192.0.2.1:80", "2001:db8::1" or "[2001:db8::1]:80"; empty for anything else, such as "unknown".
std::string address_of(std::string_view node) {
    if (node.starts_with('[')) {
        node = node.substr(1, std::max<std::size_t>(node.find(']'), 1) - 1);
    } else if (std::count(node.begin(), node.end(), ':') == 1) {
        node = node.substr(0, node.find(':'));
    }
    std::string address{node};
    return net::is_ip_literal(address) ? address : std::string{};
}

}  // namespace

TrustedProxies::TrustedProxies(const Config& config) : networks_(read_text_list(config, "http.trusted_proxies")) {}

std::vector<TrustedProxies::Hop> TrustedProxies::read_forwarded(const Request& request) {
    std::vector<Hop> hops;
    for (const auto& element : split_list(joined_values(request, "Forwarded"))) {
        Hop hop;
        std::string_view rest = element;
        while (!rest.empty()) {
            const auto end = std::min(rest.find(';'), rest.size());
            const auto pair = rest.substr(0, end);
            rest.remove_prefix(std::min(end + 1, rest.size()));
            const auto equals = pair.find('=');
            if (equals == std::string_view::npos) continue;
            const auto name = trimmed(pair.substr(0, equals));
            const auto value = unquoted(trimmed(pair.substr(equals + 1)));
            if (equal_ignoring_case(name, "for")) hop.address = address_of(value);
            if (equal_ignoring_case(name, "proto")) hop.scheme = value;
            if (equal_ignoring_case(name, "host")) hop.host = value;
        }
        hops.push_back(std::move(hop));
    }
    return hops;
}

// The lists of schemes and hosts belong to the addresses one by one, or are one text for all.
std::vector<TrustedProxies::Hop> TrustedProxies::read_x_forwarded(const Request& request) {
    const auto addresses = split_list(joined_values(request, "X-Forwarded-For"));
    const auto schemes = split_list(joined_values(request, "X-Forwarded-Proto"));
    const auto hosts = split_list(joined_values(request, "X-Forwarded-Host"));
    const auto at = [&](const std::vector<std::string>& list, std::size_t index) {
        if (list.empty()) return std::string{};
        return list.size() == addresses.size() ? list[index] : list.back();
    };
    std::vector<Hop> hops;
    for (std::size_t i = 0; i < addresses.size(); ++i) {
        hops.push_back({address_of(addresses[i]), at(schemes, i), at(hosts, i)});
    }
    return hops;
}

void TrustedProxies::apply(Request& request) const {
    if (networks_.empty() || !networks_.contain(request.peer_address)) return;
    const auto hops = request.headers.contains("Forwarded") ? read_forwarded(request) : read_x_forwarded(request);
    for (auto hop = hops.rbegin(); hop != hops.rend() && networks_.contain(request.peer_address); ++hop) {
        if (!hop->scheme.empty()) request.is_encrypted = equal_ignoring_case(hop->scheme, "https");
        if (!hop->host.empty()) request.headers.set("Host", hop->host);
        if (hop->address.empty()) return;
        request.peer_address = hop->address;
    }
}

}  // namespace hiratake::http
