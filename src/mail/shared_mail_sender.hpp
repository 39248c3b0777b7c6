#pragma once

#include <memory>

#include "hiratake/service/extension.hpp"
#include "mail/mail_sender.hpp"

namespace hiratake::mail {

/// The one sender of a container, with its connections to the SMTP server.
class SharedMailSender final : public SharedExtension {
  public:
    /// Throws ConfigurationError for settings that cannot be used. Connects to nothing yet.
    void setup(ServiceContainer& container) override;

    MailSender& sender() { return *sender_; }

  private:
    std::unique_ptr<MailSender> sender_;
};

}  // namespace hiratake::mail
