#include "rpc/reply_book.hpp"

#include <gmock/gmock.h>

#include "hiratake/base/manual_clock.hpp"
#include "hiratake/rpc/reply.hpp"
#include "hiratake/rpc/rpc_error.hpp"

namespace hiratake::rpc {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;

class ReplyBookTest : public testing::Test {
  protected:
    std::shared_ptr<PendingReply> pending(std::string_view correlation_id = "1", Duration timeout = 30s) {
        return std::make_shared<PendingReply>(CallNames{"mail.send", "api.submit.1", correlation_id}, timeout,
                                              Deadline::after(clock.now(), timeout), clock, log);
    }
    static ReplyOutcome reply(std::string_view body) { return ReplyOutcome::made_up("application/json", body); }

    std::vector<std::string> lines;
    Log log{LogLevel::debug, [this](const LogRecord& record) { lines.emplace_back(record.message); }};
    ManualClock clock;
    ReplyBook book{3};
};

TEST_F(ReplyBookTest, brings_each_reply_to_its_call) {
    const auto one = pending();
    const auto other = pending("2");
    book.expect(one, clock.now());
    book.expect(other, clock.now());
    EXPECT_TRUE(book.complete("2", reply(R"({"result": "b", "error": null})")));
    EXPECT_TRUE(book.complete("1", reply(R"({"result": "a", "error": null})")));
    EXPECT_EQ(one->result(), Value{"a"});
    EXPECT_EQ(other->result(), Value{"b"});
    EXPECT_EQ(book.size(), 0U);
}

TEST_F(ReplyBookTest, tells_of_a_reply_that_nobody_expects) {
    EXPECT_FALSE(book.complete("unknown", reply("{}")));
}

TEST_F(ReplyBookTest, refuses_more_calls_than_its_bound) {
    for (const char* id : {"1", "2", "3"}) book.expect(pending(id), clock.now());
    EXPECT_THROW(book.expect(pending("4"), clock.now()), RequestNotSent);
    EXPECT_EQ(book.size(), 3U);
}

TEST_F(ReplyBookTest, makes_room_by_ending_calls_whose_time_has_passed) {
    const auto old = pending("1", 1s);
    book.expect(old, clock.now());
    book.expect(pending("2"), clock.now());
    book.expect(pending("3"), clock.now());
    clock.advance(1s);
    book.expect(pending("4"), clock.now());
    EXPECT_EQ(book.size(), 3U);
    EXPECT_THROW(old->result(), RpcTimeout);
}

TEST_F(ReplyBookTest, ends_all_calls_when_it_is_cancelled) {
    const auto waiting = pending();
    book.expect(waiting, clock.now());
    {
        const auto dropped = pending("2");
        book.expect(dropped, clock.now());
        const PendingResult handle{dropped};
    }
    book.cancel_all(std::make_exception_ptr(RequestNotSent("stopped")));
    EXPECT_THROW(waiting->result(), RequestNotSent);
    EXPECT_TRUE(lines.empty()) << lines.front();
}

TEST_F(ReplyBookTest, fails_one_call_and_no_other) {
    const auto one = pending();
    const auto other = pending("2");
    book.expect(one, clock.now());
    book.expect(other, clock.now());
    book.fail("1", std::make_exception_ptr(UnknownService("mail")));
    EXPECT_THROW(one->result(), UnknownService);
    EXPECT_FALSE(other->ready());
}

TEST_F(ReplyBookTest, keeps_the_first_outcome) {
    const auto call = pending();
    call->complete(reply(R"({"result": 1, "error": null})"));
    call->fail(std::make_exception_ptr(UnknownService("mail")));
    EXPECT_EQ(call->result(), Value{1});
    EXPECT_EQ(call->result(), Value{1});
}

TEST_F(ReplyBookTest, times_out_with_the_target_and_the_call_id) {
    try {
        pending("1", 0s)->result();
        FAIL() << "no error";
    } catch (const RpcTimeout& error) {
        EXPECT_THAT(error.what(), HasSubstr("mail.send"));
        EXPECT_THAT(error.what(), HasSubstr("api.submit.1"));
    }
}

TEST_F(ReplyBookTest, tells_whoever_asked_when_the_outcome_is_there) {
    const auto call = pending();
    int told = 0;
    call->when_ready([&] { ++told; });
    EXPECT_EQ(told, 0);
    call->complete(reply(R"({"result": 5, "error": null})"));
    EXPECT_EQ(told, 1);
    call->fail(std::make_exception_ptr(RequestNotSent("too late")));
    EXPECT_EQ(told, 1);
    EXPECT_EQ(call->result(), Value{5});
    call->when_ready([&] { ++told; });
    EXPECT_EQ(told, 2) << "it is there already";
}

TEST_F(ReplyBookTest, logs_a_failure_that_nobody_waits_for_once) {
    for (const bool fails_first : {true, false}) {
        lines.clear();
        const auto call = pending();
        auto handle = std::make_unique<PendingResult>(call);
        if (fails_first) call->fail(std::make_exception_ptr(UnknownService("mail")));
        handle.reset();
        call->fail(std::make_exception_ptr(UnknownService("mail")));
        ASSERT_EQ(lines.size(), 1U) << fails_first;
        EXPECT_THAT(lines[0],
                    HasSubstr("mail.send called by api.submit.1 without waiting failed: Unknown service `mail`"));
    }
}

TEST_F(ReplyBookTest, logs_nothing_of_a_failure_that_was_seen) {
    const auto call = pending();
    {
        PendingResult handle{call};
        call->fail(std::make_exception_ptr(UnknownService("mail")));
        EXPECT_THROW(handle.result(), UnknownService);
    }
    EXPECT_TRUE(lines.empty());
}

}  // namespace
}  // namespace hiratake::rpc
