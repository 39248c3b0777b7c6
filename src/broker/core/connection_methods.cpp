#include "broker/core/connection_methods.hpp"

#include <fmt/core.h>

#include "broker/core/broker.hpp"
#include "broker/core/credentials.hpp"
#include "broker/core/session.hpp"
#include "broker/core/vhost.hpp"

namespace hiratake::broker::core {
namespace {

std::string_view name_of(SessionState state) {
    switch (state) {
        case SessionState::protocol_header_due: return "pre_init";
        case SessionState::starting: return "starting";
        case SessionState::tuning: return "tuning";
        case SessionState::opening: return "opening";
        case SessionState::running: return "running";
        case SessionState::refused:
        case SessionState::closing: return "closing";
        case SessionState::over: break;
    }
    return "closed";
}

MaybeFault check_negotiated(std::string_view parameter, std::uint32_t value, std::uint32_t lowest,
                            std::uint32_t highest) {
    const auto refused = [&](std::string_view comparison, std::string_view bound, std::uint32_t limit) {
        return not_allowed(
            fmt::format("failed to negotiate connection parameters: negotiated {} = {} is {} than the {} allowed value "
                        "({})",
                        parameter, value, comparison, bound, limit));
    };
    if (value != 0 && value < lowest) return refused("lower", "minimum", lowest);
    // Zero stands for "no limit", which is more than the broker allows.
    if (value == 0 || value > highest) return refused("higher", "maximum", highest);
    return std::nullopt;
}

}  // namespace

Fault ConnectionMethods::unexpected() const {
    return channel_error(fmt::format("unexpected method in connection state {}", name_of(session_.state())));
}

void ConnectionMethods::on(const amqp::ConnectionStartOk& method) {
    if (session_.state() != SessionState::starting) {
        fault = unexpected();
        return;
    }
    if (!is_offered_mechanism(method.mechanism)) {
        session_.end(fmt::format("its client wants to log in with '{}', which is not among '{}'", method.mechanism,
                                 offered_mechanisms));
        return;
    }
    const auto credentials = read_credentials(method.mechanism, method.response);
    auto user = credentials ? session_.broker().log_in(*credentials, session_.peer()) : nullptr;
    if (!user) {
        session_.refuse_login(method.mechanism, credentials ? credentials->user : "", method.client_properties);
        return;
    }
    session_.log_in(std::move(user), method.client_properties);
    const Limits& limits = session_.broker().limits();
    session_.send(0, amqp::ConnectionTune{.channel_max = limits.channel_max,
                                          .frame_max = limits.frame_max,
                                          .heartbeat = limits.heartbeat_seconds});
}

void ConnectionMethods::on(const amqp::ConnectionTuneOk& method) {
    if (session_.state() != SessionState::tuning) {
        fault = unexpected();
        return;
    }
    const Limits& limits = session_.broker().limits();
    fault = check_negotiated("frame_max", method.frame_max, amqp::frame_min_size, limits.frame_max);
    if (!fault) fault = check_negotiated("channel_max", method.channel_max, 1, limits.channel_max);
    if (!fault) session_.tune(method.channel_max, method.frame_max, method.heartbeat);
}

void ConnectionMethods::on(const amqp::ConnectionOpen& method) {
    if (session_.state() != SessionState::opening) {
        fault = unexpected();
        return;
    }
    Vhost* vhost = session_.broker().find_vhost(method.virtual_host);
    if (!vhost) {
        fault = not_allowed(fmt::format("vhost {} not found", method.virtual_host));
        return;
    }
    const User& user = *session_.user();
    const auto permissions = user.permissions.find(method.virtual_host);
    if (permissions == user.permissions.end()) {
        fault = not_allowed(fmt::format("access to vhost '{}' refused for user '{}'", method.virtual_host, user.name));
        return;
    }
    session_.enter(*vhost, permissions->second);
    session_.send(0, amqp::ConnectionOpenOk{});
}

void ConnectionMethods::on(const amqp::ConnectionClose&) {
    session_.end_at_request();
}

void ConnectionMethods::on(const amqp::ConnectionUpdateSecret&) {
    if (session_.state() == SessionState::running) {
        session_.send(0, amqp::ConnectionUpdateSecretOk{});
    } else {
        fault = unexpected();
    }
}

}  // namespace hiratake::broker::core
