#pragma once

#include <memory>

namespace hiratake {
namespace messaging {
class PendingConfirm;
}  // namespace messaging

/// What becomes of a message that Publisher::publish_async() has sent. Dropping it means nobody waits: should the
/// broker not take the message, that is logged.
class Confirm {
  public:
    // Shared between this handle and the connection, whichever lives longer.
    explicit Confirm(std::shared_ptr<messaging::PendingConfirm> confirm);
    Confirm(Confirm&&) noexcept;
    Confirm& operator=(Confirm&&) noexcept;
    ~Confirm();

    /// Waits until the broker has confirmed the message, at most for its timeout. May be called again, with the same
    /// outcome. One thread at a time; not on the I/O thread. Throws UndeliverableMessage and PublishError as
    /// Publisher::publish().
    void wait();
    /// Whether wait() would return or throw at once.
    bool ready() const;

  private:
    std::shared_ptr<messaging::PendingConfirm> confirm_;
};

}  // namespace hiratake
