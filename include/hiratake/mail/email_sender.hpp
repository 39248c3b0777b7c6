#pragma once

namespace hiratake {

struct Email;

/// Whatever can send an e-mail: what the configuration names, or a fake in a test.
class EmailSender {
  public:
    virtual ~EmailSender() = default;

    /// Safe from any thread. Returns once the mail is accepted for every recipient; throws MailError otherwise.
    virtual void send(const Email& email) = 0;
};

}  // namespace hiratake
