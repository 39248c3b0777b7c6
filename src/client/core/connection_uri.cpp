#include "hiratake/client/core/connection_uri.hpp"

#include <fmt/format.h>

#include <charconv>

#include "client/core/percent_encoding.hpp"
#include "client/core/uri_query.hpp"
#include "hiratake/base/error.hpp"
#include "hiratake/base/masked_uri.hpp"

namespace hiratake::client {
namespace {

constexpr std::uint16_t default_tls_port = 5671;

/// Cuts `text` at the first `separator`: returns what is before it and leaves what is after it.
std::string_view take_until(std::string_view& text, char separator) {
    const std::size_t at = text.find(separator);
    const std::string_view taken = text.substr(0, at);
    text = at == std::string_view::npos ? std::string_view{} : text.substr(at + 1);
    return taken;
}

std::string_view trimmed(std::string_view text) {
    constexpr std::string_view blanks = " \t\r\n";
    const std::size_t first = text.find_first_not_of(blanks);
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(blanks) - first + 1);
}

/// Reads one text of URIs. Problems never quote more than the masked text: a password that was not percent-encoded may
/// have ended up in any part.
class UriParser {
  public:
    explicit UriParser(std::string_view text) : text_(text) {}

    std::vector<ConnectionUri> parse() {
        std::string_view rest = text_;
        while (!rest.empty()) {
            const std::string_view piece = trimmed(take_until(rest, ';'));
            if (piece.empty()) continue;
            if (piece.find("://") != std::string_view::npos) {
                read_uri(piece);
            } else if (!uris_.empty()) {
                read_hosts(piece, ConnectionUri{uris_.back()});
            } else {
                fail("it has no scheme; write amqp://user:password@host:port/vhost, amqps://… or memory://name");
            }
        }
        if (uris_.empty()) fail("it is empty");
        return std::move(uris_);
    }

  private:
    [[noreturn]] void fail(std::string_view problem) const {
        throw ConfigurationError{fmt::format("cannot use the broker URI '{}': {}", masked_uri(text_), problem)};
    }

    void read_uri(std::string_view piece) {
        ConnectionUri uri;
        read_scheme(piece.substr(0, piece.find("://")), uri);
        std::string_view rest = piece.substr(piece.find("://") + 3);
        std::string_view address = take_until(rest, '?');
        if (rest.find('@') != std::string_view::npos) fail("a '?' or '@' must be percent-encoded (%3F, %40)");
        core::apply_uri_query(rest, uri, [this](std::string_view problem) { fail(problem); });
        std::string_view authority = take_until(address, '/');
        // Only a path that names something differs from the default: 'host' and 'host/' both mean the vhost '/'.
        if (!address.empty()) uri.vhost = decoded(address, "vhost");
        read_user(authority, uri);
        read_hosts(authority, uri);
    }

    void read_scheme(std::string_view scheme, ConnectionUri& uri) const {
        if (scheme == "amqp" || scheme == "pyamqp") {
            uri.transport = Transport::tcp;
        } else if (scheme == "amqps") {
            uri.transport = Transport::tls;
            uri.port = default_tls_port;
        } else if (scheme == "memory") {
            uri.transport = Transport::memory;
            uri.host = "default";
            uri.port = 0;
        } else {
            fail("its scheme is none of amqp, pyamqp, amqps and memory");
        }
    }

    /// Leaves the hosts in `authority`.
    void read_user(std::string_view& authority, ConnectionUri& uri) const {
        const std::size_t at = authority.rfind('@');
        if (at == std::string_view::npos) return;
        std::string_view user_info = authority.substr(0, at);
        authority = authority.substr(at + 1);
        const bool has_password = user_info.find(':') != std::string_view::npos;
        const std::string_view user = take_until(user_info, ':');
        if (!user.empty()) uri.user = decoded(user, "user");
        if (has_password) uri.password = decoded(user_info, "password");
    }

    void read_hosts(std::string_view hosts, const ConnectionUri& shared) {
        do {
            ConnectionUri uri = shared;
            read_host(trimmed(take_until(hosts, ',')), uri);
            uris_.push_back(std::move(uri));
        } while (!hosts.empty());
    }

    void read_host(std::string_view host_and_port, ConnectionUri& uri) const {
        std::string_view host = host_and_port;
        std::string_view port;
        if (host_and_port.starts_with('[')) {
            const std::size_t end = host_and_port.find(']');
            if (end == std::string_view::npos) fail("the address in '[' has no ']'");
            host = host_and_port.substr(1, end - 1);
            port = host_and_port.substr(end + 1);
            if (!port.empty() && !port.starts_with(':')) fail("only a ':' and a port may follow the ']'");
        } else if (const std::size_t colon = host_and_port.find(':'); colon != std::string_view::npos) {
            host = host_and_port.substr(0, colon);
            port = host_and_port.substr(colon);
        }
        if (!host.empty()) uri.host = decoded(host, "host");
        if (!port.empty()) uri.port = parsed_port(port.substr(1));
    }

    std::uint16_t parsed_port(std::string_view text) const {
        std::uint16_t port = 0;
        const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), port);
        if (error != std::errc{} || end != text.data() + text.size() || port == 0) {
            fail(
                "the port is not a number from 1 to 65535 (in a user or password, ':' '/' '@' must be "
                "percent-encoded)");
        }
        return port;
    }

    std::string decoded(std::string_view text, std::string_view part) const {
        auto result = core::percent_decoded(text);
        if (!result)
            fail(fmt::format("in its {}, '%' must be followed by two hexadecimal digits ('%25' is '%')", part));
        return std::move(*result);
    }

    std::string_view text_;
    std::vector<ConnectionUri> uris_;
};

}  // namespace

std::string ConnectionUri::display() const {
    if (transport == Transport::memory) return "memory://" + core::percent_encoded(host);
    const bool is_ipv6 = host.find(':') != std::string::npos;
    return fmt::format("{}://{}:**@{}:{}/{}", transport == Transport::tls ? "amqps" : "amqp",
                       core::percent_encoded(user), is_ipv6 ? "[" + host + "]" : host, port,
                       core::percent_encoded(vhost, "/"));
}

std::vector<ConnectionUri> parse_connection_uris(std::string_view text) {
    return UriParser{text}.parse();
}

}  // namespace hiratake::client
