#include "messaging/pending_confirm.hpp"

#include <chrono>
#include <utility>

#include "hiratake/messaging/confirm.hpp"
#include "hiratake/messaging/publish_error.hpp"

namespace hiratake::messaging {
namespace {

// The I/O thread knows better what became of a message; it is waited for a little longer.
constexpr Duration grace = std::chrono::milliseconds{200};

}  // namespace

PendingConfirm::PendingConfirm(Logger logger, Deadline deadline, const Clock& clock)
    : logger_(std::move(logger)), deadline_(deadline), clock_(&clock) {}

void PendingConfirm::settle(std::exception_ptr error) {
    bool is_unobserved_error = false;
    {
        const std::lock_guard lock{mutex_};
        // It does not change any more, so that it can be read without the lock.
        outcome_ = std::move(error);
        is_unobserved_error = is_abandoned_ && *outcome_;
    }
    settled_.unpark();
    if (is_unobserved_error) log_error();
}

void PendingConfirm::wait() {
    if (!ready()) settled_.park(Deadline::after(deadline_.at(), grace), *clock_);
    {
        const std::lock_guard lock{mutex_};
        if (!outcome_) throw PublishError("it is not known whether the message was published: no answer in time");
        is_observed_ = true;
    }
    if (*outcome_) std::rethrow_exception(*outcome_);
}

bool PendingConfirm::ready() const {
    const std::lock_guard lock{mutex_};
    return outcome_.has_value();
}

void PendingConfirm::abandon() {
    {
        const std::lock_guard lock{mutex_};
        is_abandoned_ = true;
        if (is_observed_ || !outcome_ || !*outcome_) return;
    }
    log_error();
}

void PendingConfirm::log_error() const {
    if (!logger_) return;
    try {
        std::rethrow_exception(*outcome_);
    } catch (const std::exception& error) {
        logger_->warning("published without waiting: {}", error.what());
    }
}

}  // namespace hiratake::messaging

namespace hiratake {

Confirm::Confirm(std::shared_ptr<messaging::PendingConfirm> confirm) : confirm_(std::move(confirm)) {}
Confirm::Confirm(Confirm&&) noexcept = default;

Confirm& Confirm::operator=(Confirm&& other) noexcept {
    std::swap(confirm_, other.confirm_);
    return *this;
}

Confirm::~Confirm() {
    if (confirm_) confirm_->abandon();
}

void Confirm::wait() {
    confirm_->wait();
}

bool Confirm::ready() const {
    return confirm_->ready();
}

}  // namespace hiratake
