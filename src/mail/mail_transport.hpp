#pragma once

#include <string>

#include "mail/composed_mail.hpp"

namespace hiratake::mail {

/// Hands finished mails over. Blocks the calling thread; safe from several at once.
class MailTransport {
  public:
    virtual ~MailTransport() = default;
    /// @return where the mail went, for the log
    /// @throws MailError when it could not be handed over; then nobody has received it, but for the case that the
    /// server
    ///         broke off after the whole message was sent
    virtual std::string deliver(const ComposedMail& mail) = 0;
};

}  // namespace hiratake::mail
