#include "gateway/service_descriptions.hpp"

#include <gtest/gtest.h>

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "hiratake/rpc/rpc_caller.hpp"
#include "rpc/pending_reply.hpp"
#include "support/test_environment.hpp"

namespace hiratake::gateway {
namespace {

using namespace std::chrono_literals;

/// Keeps the calls, for the test to answer.
class KeptCalls final : public RpcCaller {
  public:
    explicit KeptCalls(test::TestEnvironment& environment) : environment_(environment) {}

    PendingResult call(RpcRequest request) override {
        targets.push_back(request.service + "." + request.method);
        replies.push_back(std::make_shared<rpc::PendingReply>(
            rpc::CallNames{targets.back(), "test"}, *request.timeout,
            Deadline::after(environment_.clock.now(), *request.timeout), environment_.clock, environment_.log));
        return PendingResult{replies.back()};
    }

    std::vector<std::string> targets;
    std::vector<std::shared_ptr<rpc::PendingReply>> replies;

  private:
    test::TestEnvironment& environment_;
};

class ServiceDescriptionsTest : public testing::Test {
  protected:
    void start() {
        descriptions.emplace(environment.event_loop, 60s);
        descriptions->add("shop", [this](const ServiceDescription* description) {
            heard.push_back(description ? description->version : "none");
        });
        environment.event_loop.post([this] { descriptions->start(calls); });
        environment.event_loop.poll();
    }
    ~ServiceDescriptionsTest() override {
        environment.event_loop.post([this] { descriptions.reset(); });
        environment.event_loop.poll();
    }
    void describe(const std::string& version) {
        reply(R"({"result": {"name": "shop", "version": ")" + version +
              R"(", "doc": "", "methods": [], "events": [], "$defs": {}}, "error": null})");
    }
    void reply(std::string_view body) {
        calls.replies.back()->complete(rpc::ReplyOutcome::made_up("application/json", body));
        environment.event_loop.poll();
    }
    template <class Error>
    void fail(Error error) {
        calls.replies.back()->fail(std::make_exception_ptr(std::move(error)));
        environment.event_loop.poll();
    }
    void advance(Duration time) {
        environment.clock.advance(time);
        environment.event_loop.poll();
    }
    std::size_t questions() const { return calls.targets.size(); }

    test::TestEnvironment environment;
    KeptCalls calls{environment};
    std::vector<std::string> heard;
    std::optional<ServiceDescriptions> descriptions;
};

TEST_F(ServiceDescriptionsTest, are_asked_for_at_the_start_and_again) {
    start();
    EXPECT_EQ(calls.targets, std::vector<std::string>{"shop.hiratake-describe"});
    describe("1");
    EXPECT_EQ(heard, std::vector<std::string>{"1"});
    advance(59s);
    EXPECT_EQ(questions(), 1U);
    advance(1s);
    EXPECT_EQ(questions(), 2U);
    describe("1");
    EXPECT_EQ(heard.size(), 1U) << "nothing has changed";
    advance(60s);
    describe("2");
    EXPECT_EQ(heard.back(), "2");
}

TEST_F(ServiceDescriptionsTest, tell_of_a_service_that_has_none) {
    start();
    reply(R"({"result": null, "error": {"exc_type": "MethodNotFound", "exc_path": "nameko.exceptions.MethodNotFound",
              "exc_args": ["hiratake-describe"], "value": "hiratake-describe"}})");
    EXPECT_EQ(heard, std::vector<std::string>{"none"});
    EXPECT_TRUE(environment.logged("shop does not describe its methods"));
}

TEST_F(ServiceDescriptionsTest, keep_what_is_known_while_the_service_is_away) {
    start();
    describe("1");
    advance(60s);
    fail(UnknownService("shop"));
    for (const Duration pause : {1s, 2s, 4s}) {
        const auto before = questions();
        advance(pause);
        EXPECT_EQ(questions(), before + 1);
        fail(RequestNotSent("no broker"));
    }
    EXPECT_EQ(heard.size(), 1U);
}

TEST_F(ServiceDescriptionsTest, survive_one_that_makes_no_sense) {
    start();
    reply(R"({"result": {"methods": 5}, "error": null})");
    EXPECT_TRUE(heard.empty());
    EXPECT_TRUE(environment.logged("shop gives no description that can be used"));
    advance(1s);
    describe("1");
    EXPECT_EQ(heard.size(), 1U);
}

TEST_F(ServiceDescriptionsTest, are_asked_for_soon_when_in_doubt) {
    start();
    describe("1");
    environment.event_loop.post([this] { descriptions->doubt("shop"); });
    environment.event_loop.poll();
    EXPECT_EQ(questions(), 1U);
    advance(1s);
    EXPECT_EQ(questions(), 2U);
}

TEST_F(ServiceDescriptionsTest, drop_the_answer_to_a_question_that_was_given_up) {
    start();
    advance(DescriptionSchedule::longest_wait_for_answer);
    EXPECT_EQ(questions(), 1U);
    advance(1s);
    EXPECT_EQ(questions(), 2U);
    calls.replies.front()->complete(rpc::ReplyOutcome::made_up("application/json", "{}"));
    environment.event_loop.poll();
    EXPECT_TRUE(heard.empty());
    describe("1");
    EXPECT_EQ(heard, std::vector<std::string>{"1"});
}

}  // namespace
}  // namespace hiratake::gateway
