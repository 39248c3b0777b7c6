#include "mail/read_mail_settings.hpp"

#include <fmt/core.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdint>
#include <limits>
#include <string_view>

#include "hiratake/base/error.hpp"

namespace hiratake::mail {
namespace {

constexpr std::array<std::string_view, 14> known_keys = {
    "host",   "port",    "security",        "user",    "password",        "allow_plaintext_auth", "from",
    "verify", "ca_file", "connect_timeout", "timeout", "max_connections", "max_content_bytes",    "outbox"};

void check_keys(const Config& config) {
    const Value* section = config.find("smtp");
    if (section == nullptr || section->is_null()) return;
    const Object* settings = section->get_if<Object>();
    if (settings == nullptr)
        throw ConfigurationError("smtp must be a map of settings, such as `smtp: {host: localhost}`");
    for (const Member& setting : *settings) {
        if (std::find(known_keys.begin(), known_keys.end(), setting.name) != known_keys.end()) {
            continue;
        }
        throw ConfigurationError(
            fmt::format("smtp.{} is not a setting; there are {}", setting.name, fmt::join(known_keys, ", ")));
    }
}

MailSecurity to_security(const std::string& text) {
    if (text == "none") return MailSecurity::none;
    if (text == "starttls") return MailSecurity::starttls;
    if (text == "smtps") return MailSecurity::smtps;
    throw ConfigurationError(fmt::format("smtp.security is '{}'; it can be none, starttls or smtps", text));
}

/// Sets `field` when the key is there and within its bounds.
template <class Integer>
void read_integer(const Config& config, std::string_view key, Integer& field, std::int64_t most) {
    const auto number = config.integer(key);
    if (!number) return;
    if (*number < 1 || *number > most) {
        throw ConfigurationError(fmt::format("{} is {}; it must be from 1 to {}", key, *number, most));
    }
    field = static_cast<Integer>(*number);
}

void read_timeout(const Config& config, std::string_view key, std::chrono::milliseconds& field) {
    if (const auto seconds = config.seconds(key)) field = std::chrono::ceil<std::chrono::milliseconds>(*seconds);
}

}  // namespace

MailSettings read_mail_settings(const Config& config) {
    check_keys(config);
    MailSettings settings;
    settings.host = config.text("smtp.host").value_or(settings.host);
    read_integer(config, "smtp.port", settings.port, std::numeric_limits<std::uint16_t>::max());
    if (const auto security = config.text("smtp.security")) settings.security = to_security(*security);
    settings.user = config.text("smtp.user").value_or(settings.user);
    settings.password = config.text("smtp.password").value_or(settings.password);
    settings.allow_plaintext_auth = config.boolean("smtp.allow_plaintext_auth").value_or(settings.allow_plaintext_auth);
    settings.from = config.text("smtp.from").value_or(settings.from);
    settings.verify = config.boolean("smtp.verify").value_or(settings.verify);
    settings.ca_file = config.text("smtp.ca_file").value_or(settings.ca_file);
    read_timeout(config, "smtp.connect_timeout", settings.connect_timeout);
    read_timeout(config, "smtp.timeout", settings.timeout);
    read_integer(config, "smtp.max_connections", settings.max_connections, 1000);
    read_integer(config, "smtp.max_content_bytes", settings.max_content_bytes, std::int64_t{1} << 30);
    settings.outbox = config.text("smtp.outbox").value_or(settings.outbox);
    return settings;
}

}  // namespace hiratake::mail
