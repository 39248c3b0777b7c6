#include "mail/shared_mail_sender.hpp"

#include "hiratake/service/service_container.hpp"
#include "mail/read_mail_settings.hpp"

namespace hiratake::mail {

void SharedMailSender::setup(ServiceContainer& container) {
    const Environment& environment = container.environment();
    sender_ = std::make_unique<MailSender>(read_mail_settings(environment.config), environment.clock,
                                           environment.random, Logger{environment.log, "mail"});
}

}  // namespace hiratake::mail
