#pragma once

#include <string>
#include <vector>

namespace hiratake::mail {

/// An e-mail ready to leave: the envelope and the bytes.
struct ComposedMail {
    /// Bare addresses, as the SMTP envelope has them.
    std::string sender{};
    /// To, cc and bcc, each address once.
    std::vector<std::string> recipients{};
    /// As given, for the log.
    std::string subject{};
    /// The whole message (RFC 5322) with CRLF line ends, the last line's included; without dot-stuffing.
    std::string bytes{};
};

}  // namespace hiratake::mail
