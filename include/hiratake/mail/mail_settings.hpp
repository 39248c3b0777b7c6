#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>

namespace hiratake {

/// How the way to the SMTP server is protected.
enum class MailSecurity {
    none,      ///< in the clear: for a server on the same machine
    starttls,  ///< TLS asked for after the greeting, and required
    smtps,     ///< TLS from the first byte
};

/// What a Mailer is configured with: the section `smtp:` of the configuration.
struct MailSettings {
    /// The SMTP server. Left empty, mails are written to `outbox` instead.
    std::string host{};
    /// 0 means the usual one: 25 for none, 587 for starttls, 465 for smtps.
    std::uint16_t port = 0;
    MailSecurity security = MailSecurity::starttls;
    std::string user{};
    std::string password{};
    /// Lets `user` and `password` travel unencrypted to a server that is not on this machine.
    bool allow_plaintext_auth = false;
    /// The sender of an Email that names none.
    std::string from = "hiratake@localhost";
    /// Whether the server's certificate and name are checked.
    bool verify = true;
    /// A PEM file of the authorities to trust instead of the system's.
    std::string ca_file{};
    std::chrono::milliseconds connect_timeout{10'000};
    /// For one mail as a whole, connecting included.
    std::chrono::milliseconds timeout{60'000};
    /// Connections kept open to the server; one more worker that sends waits for one of them.
    std::size_t max_connections = 4;
    /// Content of one mail, attachments included, before encoding. A larger one is refused.
    std::size_t max_content_bytes = 25 * 1024 * 1024;
    /// The folder for `.eml` files when there is no host; made when missing.
    std::string outbox = "outbox";
};

}  // namespace hiratake
