#pragma once

#include <mutex>
#include <vector>

#include "hiratake/mail/mailer.hpp"

namespace hiratake::testing {

/// Stands for the mail server: keeps what a Mailer sends. Safe from any thread. Must outlive its mailers.
class FakeMailbox final : public EmailSender {
  public:
    /// Ready for use by a service object of the test's own, or in replace_dependency().
    Mailer mailer() { return Mailer{*this}; }

    /// All mails so far, in order.
    std::vector<Email> mails() const;

    void send(const Email& email) override;

  private:
    mutable std::mutex mutex_;
    std::vector<Email> mails_;
};

}  // namespace hiratake::testing
