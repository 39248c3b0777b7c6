#include "hiratake/testing/fake_mailbox.hpp"

namespace hiratake::testing {

std::vector<Email> FakeMailbox::mails() const {
    const std::lock_guard lock{mutex_};
    return mails_;
}

void FakeMailbox::send(const Email& email) {
    const std::lock_guard lock{mutex_};
    mails_.push_back(email);
}

}  // namespace hiratake::testing
