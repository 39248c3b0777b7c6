#include "cli/broker_command.hpp"

#include <fmt/core.h>

#include <CLI/CLI.hpp>
#include <charconv>
#include <cstdlib>

#include "hiratake/base/error.hpp"
#include "hiratake/base/log.hpp"
#include "hiratake/broker/broker.hpp"
#include "runner/process_signals.hpp"

namespace hiratake::cli {
namespace {

constexpr int exit_failure = 1;

}  // namespace

BrokerListener parse_listener(const std::string& text) {
    const std::size_t colon = text.rfind(':');
    const std::string_view port =
        colon == std::string::npos ? std::string_view{} : std::string_view{text}.substr(colon + 1);
    BrokerListener listener;
    const auto [end, error] = std::from_chars(port.data(), port.data() + port.size(), listener.port);
    if (port.empty() || colon == 0 || error != std::errc{} || end != port.data() + port.size()) {
        throw ConfigurationError(fmt::format("--listen {}: expected ADDRESS:PORT, such as 127.0.0.1:5672", text));
    }
    listener.address = text.substr(0, colon);
    if (listener.address.size() > 2 && listener.address.front() == '[' && listener.address.back() == ']') {
        listener.address = listener.address.substr(1, listener.address.size() - 2);
    }
    return listener;
}

BrokerUser parse_user(const std::string& text, const std::vector<std::string>& vhosts) {
    const std::size_t colon = text.find(':');
    if (colon == std::string::npos || colon == 0 || colon + 1 == text.size()) {
        throw ConfigurationError("--user: expected NAME:PASSWORD, both not empty");
    }
    BrokerUser user;
    user.name = text.substr(0, colon);
    user.password = text.substr(colon + 1);
    user.permissions.clear();
    for (const std::string& vhost : vhosts) user.permissions[vhost] = {};
    return user;
}

void BrokerCommand::add_to(CLI::App& program, std::function<int()>& chosen) {
    CLI::App* command = program.add_subcommand("broker", "Run the embedded broker until SIGINT or SIGTERM");
    command->add_option("--listen", addresses_, "ADDRESS:PORT to listen on (repeatable)")
        ->capture_default_str()
        ->allow_extra_args(false);
    auto* certificate =
        command->add_option("--tls-certificate", certificate_file_, "PEM file with the certificate chain");
    auto* key = command->add_option("--tls-key", key_file_, "PEM file with its private key");
    certificate->needs(key);
    key->needs(certificate);
    command
        ->add_option("--tls-client-ca", client_ca_file_,
                     "PEM file of the authority that clients' certificates come from")
        ->needs(certificate);
    command->add_option("--vhost", vhosts_, "a virtual host beside / (repeatable)")->allow_extra_args(false);
    command
        ->add_option("--user", users_,
                     "NAME:PASSWORD of a user with all rights, instead of guest, who may log in from this machine only "
                     "(repeatable)")
        ->allow_extra_args(false);
    command->callback([this, &chosen] { chosen = [this] { return run(); }; });
}

BrokerOptions BrokerCommand::broker_options() const {
    BrokerOptions options;
    options.vhosts.insert(options.vhosts.end(), vhosts_.begin(), vhosts_.end());
    options.listeners.clear();
    for (const std::string& address : addresses_) {
        BrokerListener listener = parse_listener(address);
        listener.certificate_file = certificate_file_;
        listener.key_file = key_file_;
        listener.client_ca_file = client_ca_file_;
        options.listeners.push_back(std::move(listener));
    }
    if (users_.empty()) {
        for (const std::string& vhost : vhosts_) options.users.front().permissions[vhost] = {};
        return options;
    }
    options.users.clear();
    for (const std::string& user : users_) options.users.push_back(parse_user(user, options.vhosts));
    return options;
}

int BrokerCommand::run() {
    const Log log;
    const Logger logger{log, "broker"};
    Broker broker{broker_options(), log};
    runner::ProcessSignals signals{log};
    broker.start();
    signals.on_second([] { std::_Exit(exit_failure); });
    signals.wait();
    logger.info("stopping the embedded broker");
    broker.stop();
    return 0;
}

}  // namespace hiratake::cli
