#include <gmock/gmock.h>

#include <atomic>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>

#include "net/parker.hpp"
#include "support/journal.hpp"
#include "support/service_test.hpp"

namespace hiratake {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::HasSubstr;

test::Journal journal;
std::atomic<int> attempts;

/// Holds up a worker until the test lets it go on.
struct Gate {
    net::Parker entered;
    net::Parker opened;

    void pass() {
        entered.unpark();
        opened.park(Deadline{SystemClock{}.now() + 20s});
    }
};
// Shared between a test and the worker that it holds up, which may outlast it.
std::shared_ptr<Gate> gate;

struct Worker {
    static constexpr auto name = "test_deadline_worker";

    void hold() {
        const std::shared_ptr<Gate> held_by = gate;
        held_by->pass();
    }
    std::string note(std::string text) {
        journal.add(text);
        return text;
    }

    static void define(Service<Worker>& worker) {
        worker.rpc<&Worker::hold>();
        worker.rpc<&Worker::note>("text");
    }
};

struct Front {
    static constexpr auto name = "test_deadline_front";
    RpcProxy worker{"test_deadline_worker", no_timeout};

    void ask() {
        try {
            worker.call("hold");
        } catch (const RpcTimeout& error) {
            journal.add(error.what());
            throw;
        }
    }
    /// Answers the second time.
    int flaky() {
        const int attempt = ++attempts;
        if (attempt == 1) gate->pass();
        return attempt;
    }

    void fail() {
        journal.add("fail");
        throw std::runtime_error("for good");
    }

    static void define(Service<Front>& front) {
        front.rpc<&Front::fail>();
        front.rpc<&Front::ask>();
        front.rpc<&Front::flaky>();
    }
};

class RpcDeadline : public test::ServiceTest {
  protected:
    void SetUp() override {
        ServiceTest::SetUp();
        journal.clear();
        attempts = 0;
        gate = std::make_shared<Gate>();
        if (!IsSkipped())
            run<Front, Worker>(
                Config{Object{{"max_workers", workers_}, {"rpc_timeout", 20}, {"deadlines", deadlines_}}});
    }
    void TearDown() override {
        gate->opened.unpark();
        ServiceTest::TearDown();
    }

    RpcProxy worker() { return service("test_deadline_worker"); }
    /// The only worker is busy from here on, until open_gate().
    void hold_worker() {
        held_.emplace(worker().call_async<void>("hold"));
        ASSERT_TRUE(gate->entered.park(Deadline{SystemClock{}.now() + 20s}));
    }
    void open_gate() {
        gate->opened.unpark();
        held_->result();
    }

    int workers_ = 1;
    bool deadlines_ = true;

  private:
    std::optional<Reply<void>> held_;
};

class IdempotentCall : public RpcDeadline {
  protected:
    IdempotentCall() { workers_ = 2; }
};

class WithoutDeadlines : public RpcDeadline {
  protected:
    WithoutDeadlines() { deadlines_ = false; }
};

TEST_P(WithoutDeadlines, a_call_is_run_though_its_caller_has_given_up) {
    hold_worker();
    EXPECT_THROW(worker().with_timeout(500ms).call("note", "late"), RpcTimeout);
    open_gate();
    EXPECT_THAT(journal.wait_for(1), ElementsAre("late"));
}

TEST_P(RpcDeadline, that_has_passed_keeps_a_method_from_running) {
    hold_worker();
    EXPECT_THROW(worker().with_timeout(2s).call("note", "late"), RpcTimeout);
    open_gate();
    EXPECT_EQ(worker().call<std::string>("note", "in time"), "in time");
    EXPECT_THAT(journal.wait_for(1), ElementsAre("in time"));
    EXPECT_TRUE(comes_to_be_logged("refused a request for test_deadline_worker.note: DeadlineExceeded")) << whole_log();
}

TEST_P(RpcDeadline, is_not_of_calls_that_nobody_may_wait_for) {
    hold_worker();
    RpcRequest request;
    request.service = "test_deadline_worker";
    request.method = "note";
    request.args = {Value{"whenever"}};
    request.timeout = 2s;
    { const PendingResult dropped = cluster().call(std::move(request)); }
    // This one, whose caller waits, is over later.
    EXPECT_THROW(worker().with_timeout(2500ms).call("note", "late"), RpcTimeout);
    open_gate();
    EXPECT_THAT(journal.wait_for(1), ElementsAre("whenever"));
}

TEST_P(RpcDeadline, is_inherited_by_nested_calls) {
    // Whoever of the two finds out first.
    EXPECT_THROW(service("test_deadline_front").with_timeout(2s).call("ask"), RpcError);
    EXPECT_THAT(journal.wait_for(1), ElementsAre(HasSubstr("no reply from test_deadline_worker.hold within ")));
}

TEST_P(RpcDeadline, of_a_caller_that_has_given_up_ends_a_call_before_it_is_sent) {
    RpcRequest request;
    request.service = "test_deadline_worker";
    request.method = "note";
    request.args = {Value{"never"}};
    request.deadline = Deadline{SystemClock{}.now() - 1s};
    EXPECT_THROW(cluster().call(std::move(request)).result(), DeadlineExceeded);
    EXPECT_EQ(worker().call<std::string>("note", "next"), "next");
    EXPECT_THAT(journal.wait_for(1), ElementsAre("next"));
}

TEST_P(IdempotentCall, is_made_again_when_no_reply_comes) {
    const RpcProxy front = service("test_deadline_front").with_timeout(4s);
    EXPECT_EQ(front.idempotent({20ms}).call<int>("flaky"), 2);
}

TEST_P(IdempotentCall, is_not_made_again_when_the_method_fails) {
    const RpcProxy front = service("test_deadline_front").idempotent({20ms});
    EXPECT_THROW(front.call("fail"), RemoteError);
    EXPECT_THAT(journal.wait_for(1), ElementsAre("fail"));
}

INSTANTIATE_TEST_SUITE_P(over, RpcDeadline, test::all_brokers(), test::broker_name);
INSTANTIATE_TEST_SUITE_P(over, WithoutDeadlines, test::all_brokers(), test::broker_name);
INSTANTIATE_TEST_SUITE_P(over, IdempotentCall, test::all_brokers(), test::broker_name);

}  // namespace
}  // namespace hiratake
