#pragma once

#include <memory>

#include "hiratake/mail/email.hpp"
#include "hiratake/mail/email_sender.hpp"
#include "hiratake/mail/mail_error.hpp"

namespace hiratake {

class DependencyProvider;
namespace mail {
class MailerProvider;
}  // namespace mail

/// A dependency that sends e-mails: `hiratake::Mailer mailer;` as a member of a service class. Configured by the
/// section `smtp:`; without a host there, each mail becomes a file in the outbox folder. Safe from any thread while its
/// worker runs.
class Mailer {
  public:
    Mailer() = default;
    /// One that is ready for use, for tests that have a sender of their own, which must outlive it.
    explicit Mailer(EmailSender& sender) : sender_(&sender) {}

    /// Sends the mail and returns once the server has accepted it for every recipient (or the file is written).
    /// @throws MailError when it cannot be sent as it is, or the server refused it or could not be reached in time
    void send(const Email& email) const;

    std::unique_ptr<DependencyProvider> make_provider() const;

  private:
    friend class mail::MailerProvider;

    EmailSender* sender_ = nullptr;  // the container's; set for each worker
};

}  // namespace hiratake
