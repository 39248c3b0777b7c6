#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "hiratake/base/clock.hpp"
#include "hiratake/base/deadline.hpp"
#include "hiratake/mail/mail_settings.hpp"
#include "mail/composed_mail.hpp"
#include "mail/smtp_dialogue.hpp"

namespace hiratake::mail {

/// `smtp://host:port` or `smtps://host:port`, as settings have it; what errors and logs call the server.
std::string smtp_url(const MailSettings& settings);

/// One connection to an SMTP server over libcurl, kept open between mails. For one thread at a time.
class SmtpSession {
  public:
    /// @param settings must outlive the session
    explicit SmtpSession(const MailSettings& settings);
    ~SmtpSession();
    SmtpSession(const SmtpSession&) = delete;
    SmtpSession& operator=(const SmtpSession&) = delete;

    /// Sends one mail, connecting first where needed. When a connection kept from an earlier mail turns out to be gone
    /// before the message was begun, tries once more on a new one.
    /// @return the server's last answer
    /// @throws MailError with the server's name and answer
    std::string send(const ComposedMail& mail, const Clock& clock, Deadline deadline);

  private:
    struct Handle;  // libcurl's part

    std::unique_ptr<Handle> handle_;
    const MailSettings& settings_;
};

}  // namespace hiratake::mail
