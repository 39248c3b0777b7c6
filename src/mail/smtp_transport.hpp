#pragma once

#include <condition_variable>
#include <cstddef>
#include <memory>
#include <mutex>
#include <vector>

#include "hiratake/base/clock.hpp"
#include "hiratake/base/deadline.hpp"
#include "hiratake/mail/mail_settings.hpp"
#include "mail/mail_transport.hpp"
#include "mail/smtp_session.hpp"

namespace hiratake::mail {

/// Sends mails to an SMTP server over at most `max_connections` connections, which stay open for the next mail. A
/// thread that finds all of them busy waits; as each mail is bounded by `timeout`, so is the wait.
class SmtpTransport final : public MailTransport {
  public:
    /// @throws ConfigurationError for settings that would send the password in the clear over a network, and for limits
    ///         that are zero
    SmtpTransport(MailSettings settings, const Clock& clock);
    ~SmtpTransport() override;

    std::string deliver(const ComposedMail& mail) override;

  private:
    class Lease;

    std::unique_ptr<SmtpSession> take(const ComposedMail& mail, Deadline deadline);
    void give_back(std::unique_ptr<SmtpSession> session);

    const MailSettings settings_;
    const Clock& clock_;
    std::mutex mutex_;
    std::condition_variable given_back_;
    std::vector<std::unique_ptr<SmtpSession>> idle_;
    std::size_t busy_ = 0;
};

}  // namespace hiratake::mail
