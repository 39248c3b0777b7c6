#include "mail/mail_sender.hpp"

#include <fmt/format.h>

#include <utility>

#include "hiratake/base/error.hpp"
#include "hiratake/mail/mail_error.hpp"
#include "hiratake/service/waiting.hpp"
#include "mail/mailbox.hpp"
#include "mail/outbox_transport.hpp"
#include "mail/smtp_transport.hpp"

namespace hiratake::mail {
namespace {

std::unique_ptr<MailTransport> make_transport(const MailSettings& settings, const Clock& clock, Random& random) {
    if (settings.host.empty()) return std::make_unique<OutboxTransport>(settings.outbox, clock, random);
    return std::make_unique<SmtpTransport>(settings, clock);
}

}  // namespace

MailSender::MailSender(const MailSettings& settings, const Clock& clock, Random& random, Logger logger)
    : MailSender(settings, make_transport(settings, clock, random), clock, random, std::move(logger)) {}

MailSender::MailSender(const MailSettings& settings, std::unique_ptr<MailTransport> transport, const Clock& clock,
                       Random& random, Logger logger)
    : default_from_(settings.from),
      composer_(clock, random, settings.max_content_bytes),
      transport_(std::move(transport)),
      logger_(std::move(logger)) {
    try {
        Mailbox::parse(settings.from, "smtp.from");
    } catch (const MailError& error) {
        throw ConfigurationError(error.what());
    }
}

void MailSender::send(const Email& email) {
    ComposedMail mail;
    if (email.from.empty()) {
        Email complete = email;
        complete.from = default_from_;
        mail = composer_.compose(complete);
    } else {
        mail = composer_.compose(email);
    }
    const std::string destination = run_blocking([&] { return transport_->deliver(mail); });
    logger_.info("mail to {}: \"{}\" → {}", fmt::join(mail.recipients, ", "), mail.subject, destination);
}

}  // namespace hiratake::mail
