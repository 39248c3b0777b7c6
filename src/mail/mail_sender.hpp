#pragma once

#include <memory>
#include <string>

#include "hiratake/base/clock.hpp"
#include "hiratake/base/log.hpp"
#include "hiratake/base/random.hpp"
#include "hiratake/mail/email.hpp"
#include "hiratake/mail/email_sender.hpp"
#include "hiratake/mail/mail_settings.hpp"
#include "mail/mail_transport.hpp"
#include "mail/mime_composer.hpp"

namespace hiratake::mail {

/// What stands behind every Mailer of a service: composes, hands over, logs one line for each mail. Safe from any
/// thread.
class MailSender final : public EmailSender {
  public:
    /// Over SMTP when the settings have a host, into the outbox otherwise. Clock and random must outlive it.
    /// @throws ConfigurationError for settings that cannot be used
    MailSender(const MailSettings& settings, const Clock& clock, Random& random, Logger logger);
    /// With a transport of the caller's.
    MailSender(const MailSettings& settings, std::unique_ptr<MailTransport> transport, const Clock& clock,
               Random& random, Logger logger);

    /// @throws MailError when it cannot be composed or handed over
    void send(const Email& email) override;

  private:
    std::string default_from_;
    MimeComposer composer_;
    std::unique_ptr<MailTransport> transport_;
    Logger logger_;
};

}  // namespace hiratake::mail
