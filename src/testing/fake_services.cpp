#include "hiratake/testing/fake_services.hpp"

#include <algorithm>
#include <exception>
#include <iterator>
#include <map>
#include <mutex>
#include <optional>
#include <utility>

#include "hiratake/base/clock.hpp"
#include "hiratake/base/deadline.hpp"
#include "hiratake/base/log.hpp"
#include "hiratake/payload/serializer.hpp"
#include "rpc/pending_reply.hpp"
#include "wire/envelope.hpp"

namespace hiratake::testing {
namespace {

std::string target_of(const RpcRequest& request) {
    return request.service + "." + request.method;
}

}  // namespace

class FakeServices::Implementation {
  public:
    Answer record(const RpcRequest& request) {
        const std::lock_guard lock{mutex_};
        calls_.push_back(request);
        const auto found = answers_.find(target_of(request));
        return found == answers_.end() ? [](const RpcRequest&) { return Value{}; } : found->second;
    }

    rpc::ReplyOutcome outcome(const Answer& answer, const RpcRequest& request) const {
        try {
            return rpc::ReplyOutcome::made_up(serializer_.content_type,
                                              wire::Reply{answer(request), std::nullopt}.encode(serializer_));
        } catch (...) {
            return rpc::ReplyOutcome::failed(std::current_exception());
        }
    }

    void set(const std::string& target, Answer answer) {
        const std::lock_guard lock{mutex_};
        answers_.insert_or_assign(target, std::move(answer));
    }

    std::vector<RpcRequest> calls() const {
        const std::lock_guard lock{mutex_};
        return calls_;
    }

    const SystemClock clock;
    // What a call that nobody waits for fails with is part of what the test looks at.
    const Log log{LogLevel::critical, [](const LogRecord&) {}};

  private:
    const Serializer serializer_ = json_serializer();
    mutable std::mutex mutex_;
    std::map<std::string, Answer> answers_;
    std::vector<RpcRequest> calls_;
};

FakeServices::FakeServices() : implementation_(std::make_unique<Implementation>()) {}
FakeServices::~FakeServices() = default;

void FakeServices::returns(const std::string& target, Value result) {
    answers(target, [result = std::move(result)](const RpcRequest&) { return result; });
}

void FakeServices::answers(const std::string& target, Answer answer) {
    implementation_->set(target, std::move(answer));
}

std::vector<RpcRequest> FakeServices::calls() const {
    return implementation_->calls();
}

std::vector<RpcRequest> FakeServices::calls_of(std::string_view target) const {
    std::vector<RpcRequest> matching;
    const auto all = calls();
    std::copy_if(all.begin(), all.end(), std::back_inserter(matching),
                 [target](const RpcRequest& request) { return target_of(request) == target; });
    return matching;
}

PendingResult FakeServices::call(RpcRequest request) {
    const Answer answer = implementation_->record(request);
    // Shared between this call and the caller's handle.
    const auto reply =
        std::make_shared<rpc::PendingReply>(rpc::CallNames{target_of(request), "test"}, no_timeout, Deadline::never(),
                                            implementation_->clock, implementation_->log);
    reply->complete(implementation_->outcome(answer, request));
    return PendingResult{reply};
}

}  // namespace hiratake::testing
