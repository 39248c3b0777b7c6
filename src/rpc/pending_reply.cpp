#include "rpc/pending_reply.hpp"

#include <fmt/core.h>

#include <utility>

#include "hiratake/rpc/reply.hpp"
#include "hiratake/rpc/rpc_error.hpp"
#include "rpc/open_reply.hpp"

namespace hiratake::rpc {

PendingReply::PendingReply(CallNames names, Duration timeout, Deadline deadline, const Clock& clock, const Log& log,
                           Counter* timeouts)
    : names_(std::move(names)), timeout_(timeout), deadline_(deadline), clock_(clock), log_(log), timeouts_(timeouts) {}

void PendingReply::complete(ReplyOutcome&& outcome) {
    // abandon() looks after it when it comes later.
    if (settle(std::move(outcome))) log_if_error(*outcome_);
}

void PendingReply::fail(std::exception_ptr error) {
    complete(ReplyOutcome::failed(std::move(error)));
}

void PendingReply::time_out() {
    if (timeouts_) timeouts_->increment();
    fail(timeout_error());
}

void PendingReply::cancel(std::exception_ptr error) {
    settle(ReplyOutcome::failed(std::move(error)));
}

bool PendingReply::settle(ReplyOutcome&& outcome) {
    UniqueFunction<void()> then;
    bool is_for_nobody = false;
    {
        const std::lock_guard lock{mutex_};
        if (outcome_) return false;
        // From here on the outcome does not change, so that it can be read without the lock.
        outcome_ = std::move(outcome);
        then = std::exchange(then_, nullptr);
        is_for_nobody = abandoned_;
    }
    parker_.unpark();
    if (then) then();
    return is_for_nobody;
}

const ReplyOutcome& PendingReply::wait() {
    if (const ReplyOutcome* outcome = observe()) return *outcome;
    parker_.park(deadline_, clock_);
    if (const ReplyOutcome* outcome = observe()) return *outcome;
    time_out();
    return *observe();
}

const ReplyOutcome* PendingReply::observe() {
    const std::lock_guard lock{mutex_};
    if (!outcome_) return nullptr;
    observed_ = true;
    return &*outcome_;
}

Value PendingReply::result() {
    return open_reply(wait(), target());
}

std::optional<std::string_view> PendingReply::json_result() {
    return json_result_in(wait());
}

bool PendingReply::ready() const {
    const std::lock_guard lock{mutex_};
    return outcome_.has_value();
}

void PendingReply::when_ready(UniqueFunction<void()> then) {
    {
        const std::lock_guard lock{mutex_};
        if (!outcome_) {
            then_ = std::move(then);
            return;
        }
    }
    then();
}

void PendingReply::abandon() {
    {
        const std::lock_guard lock{mutex_};
        abandoned_ = true;
        if (!outcome_ || observed_) return;
    }
    log_if_error(*outcome_);
}

std::exception_ptr PendingReply::timeout_error() const {
    return std::make_exception_ptr(
        RpcTimeout(fmt::format("no reply from {} within {} s; it may still run (call id {})", target(),
                               std::chrono::duration<double>(timeout_).count(), call_id())));
}

void PendingReply::log_if_error(const ReplyOutcome& outcome) const {
    try {
        static_cast<void>(open_reply(outcome, target()));
    } catch (const std::exception& error) {
        Logger{log_, "rpc"}.warning("{} called by {} without waiting failed: {}", target(), call_id(), error.what());
    }
}

}  // namespace hiratake::rpc

namespace hiratake {

PendingResult::PendingResult(std::shared_ptr<rpc::PendingReply> reply) : reply_(std::move(reply)) {}
PendingResult::PendingResult(PendingResult&&) noexcept = default;

PendingResult& PendingResult::operator=(PendingResult&& other) noexcept {
    std::swap(reply_, other.reply_);
    return *this;
}

PendingResult::~PendingResult() {
    if (reply_) reply_->abandon();
}

Value PendingResult::result() {
    return reply_->result();
}

std::optional<std::string_view> PendingResult::json_result() {
    return reply_->json_result();
}

bool PendingResult::ready() const {
    return reply_->ready();
}

void PendingResult::when_ready(UniqueFunction<void()> then) {
    reply_->when_ready(std::move(then));
}

}  // namespace hiratake
