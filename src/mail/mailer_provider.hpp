#pragma once

#include "hiratake/mail/mailer.hpp"
#include "hiratake/service/dependency_provider.hpp"

namespace hiratake::mail {

class SharedMailSender;

/// Lends each worker's Mailer the container's sender.
class MailerProvider final : public DependencyProviderOf<Mailer> {
  public:
    void setup(ServiceContainer& container) override;
    void provide(Mailer& mailer, WorkerContext& context) override;

  private:
    SharedMailSender* shared_ = nullptr;  // the container's
};

}  // namespace hiratake::mail
