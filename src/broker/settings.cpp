#include "broker/settings.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <chrono>
#include <string>
#include <utility>
#include <vector>

#include "hiratake/base/error.hpp"

namespace hiratake::broker {

namespace {

std::uint16_t heartbeat_seconds(std::chrono::seconds heartbeat) {
    constexpr std::chrono::seconds longest{65535};
    if (heartbeat < std::chrono::seconds::zero() || heartbeat > longest) {
        throw ConfigurationError(fmt::format("a broker's heartbeat of {} s is not between 0 (none) and {} s",
                                             heartbeat.count(), longest.count()));
    }
    return static_cast<std::uint16_t>(heartbeat.count());
}

core::User core_user(const BrokerUser& user, const std::vector<std::string>& vhosts) {
    core::User login{.name = user.name, .password = user.password, .tags = user.tags, .permissions = {}};
    for (const auto& [vhost, permissions] : user.permissions) {
        if (std::find(vhosts.begin(), vhosts.end(), vhost) == vhosts.end()) {
            throw ConfigurationError(
                fmt::format("user '{}' has permissions in the vhost '{}', which is not among the broker's vhosts",
                            user.name, vhost));
        }
        login.permissions.emplace(
            vhost, core::Permissions{core::NamePattern{permissions.configure}, core::NamePattern{permissions.write},
                                     core::NamePattern{permissions.read}});
    }
    return login;
}

}  // namespace

core::BrokerSettings core_settings(const BrokerOptions& options) {
    core::BrokerSettings settings;
    settings.identity.product = options.product;
    settings.identity.version = options.version;
    settings.identity.own_version = HIRATAKE_VERSION;
    settings.limits.memory_high_watermark = options.memory_high_watermark;
    settings.limits.max_message_size = options.max_message_size;
    settings.limits.heartbeat_seconds = heartbeat_seconds(options.heartbeat);
    settings.vhosts = options.vhosts;
    settings.loopback_users = options.loopback_users;
    for (const BrokerUser& user : options.users) settings.users.push_back(core_user(user, options.vhosts));
    return settings;
}

net::ListenOptions listen_options(const BrokerListener& listener) {
    net::ListenOptions options;
    options.address = listener.address;
    options.port = listener.port;
    if (listener.certificate_file.empty() != listener.key_file.empty()) {
        throw ConfigurationError(
            fmt::format("cannot listen on {}:{} with TLS: it takes a certificate and a key, and only the {} was given",
                        listener.address, listener.port, listener.key_file.empty() ? "certificate" : "key"));
    }
    if (!listener.certificate_file.empty()) {
        options.tls.emplace();
        options.tls->certificates.push_back({{}, listener.certificate_file, listener.key_file});
        options.tls->ca_file = listener.client_ca_file;
        options.tls->require_client_certificate = !listener.client_ca_file.empty();
    }
    return options;
}

}  // namespace hiratake::broker
