#include "hiratake/mail/mailer.hpp"

#include "mail/mailer_provider.hpp"

namespace hiratake {

void Mailer::send(const Email& email) const {
    if (sender_ == nullptr) {
        throw MailError("cannot send a mail: this Mailer is not a member of a service object that a container made");
    }
    sender_->send(email);
}

std::unique_ptr<DependencyProvider> Mailer::make_provider() const {
    return std::make_unique<mail::MailerProvider>();
}

}  // namespace hiratake
