#include "hiratake/testing/fake_exchange.hpp"

#include <utility>

#include "hiratake/messaging/publisher.hpp"

namespace hiratake::testing {

Publisher FakeExchange::publisher() {
    return Publisher{*this};
}

void FakeExchange::refuse(std::string reason) {
    const std::lock_guard lock{mutex_};
    refusal_ = std::move(reason);
}

std::vector<MessageSender::Message> FakeExchange::messages() const {
    const std::lock_guard lock{mutex_};
    return messages_;
}

void FakeExchange::send(const Message& message) {
    const std::lock_guard lock{mutex_};
    if (!refusal_.empty()) throw UndeliverableMessage(refusal_);
    messages_.push_back(message);
}

}  // namespace hiratake::testing
