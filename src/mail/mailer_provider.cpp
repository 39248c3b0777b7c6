#include "mail/mailer_provider.hpp"

#include "hiratake/service/service_container.hpp"
#include "mail/shared_mail_sender.hpp"

namespace hiratake::mail {

void MailerProvider::setup(ServiceContainer& container) {
    shared_ = &container.shared<SharedMailSender>();
}

void MailerProvider::provide(Mailer& mailer, WorkerContext&) {
    mailer.sender_ = &shared_->sender();
}

}  // namespace hiratake::mail
