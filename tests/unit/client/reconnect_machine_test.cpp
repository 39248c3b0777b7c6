#include "client/core/reconnect_machine.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace hiratake::client::core {
namespace {

using std::chrono::seconds;
using testing::ElementsAre;

constexpr RetryPolicy steady{.first_delay = seconds{1}, .max_delay = seconds{4}, .factor = 2.0, .jitter = 0.0};
const Failure refused{FailureKind::network, "connection refused"};
const Failure wrong_password{FailureKind::authentication, "the broker refused user 'guest'"};

class ReconnectMachineTest : public testing::Test {
  protected:
    ReconnectMachine make(std::string_view uris = "amqp://localhost") {
        return {parse_connection_uris(uris), steady, log, random};
    }
    ReconnectAction tell(ReconnectMachine& machine, ReconnectEvent event, const Failure& failure = {}) {
        return machine.resume(event, now, failure);
    }
    void bring_up(ReconnectMachine& machine) {
        EXPECT_EQ(tell(machine, ReconnectEvent::connected), ReconnectAction::converse);
        EXPECT_EQ(tell(machine, ReconnectEvent::ready), ReconnectAction::run);
    }

    std::vector<std::string> lines;
    Log log{LogLevel::info, [this](const LogRecord& record) { lines.emplace_back(record.message); }};
    Random random{1};
    TimePoint now{std::chrono::hours{1}};
};

TEST_F(ReconnectMachineTest, lives_through_a_loss_and_says_so) {
    auto machine = make();
    EXPECT_EQ(tell(machine, ReconnectEvent::start), ReconnectAction::connect);
    bring_up(machine);
    EXPECT_TRUE(machine.is_ready());
    now += seconds{60};
    EXPECT_EQ(tell(machine, ReconnectEvent::failed, {FailureKind::broker_closed, "it stops"}), ReconnectAction::wait);
    EXPECT_FALSE(machine.is_ready());
    EXPECT_EQ(machine.wake_up(), now + seconds{1});
    EXPECT_EQ(tell(machine, ReconnectEvent::woken), ReconnectAction::connect);
    EXPECT_EQ(tell(machine, ReconnectEvent::failed, refused), ReconnectAction::wait);
    EXPECT_EQ(machine.wake_up(), now + seconds{2});
    EXPECT_EQ(tell(machine, ReconnectEvent::woken), ReconnectAction::connect);
    bring_up(machine);
    EXPECT_THAT(
        lines,
        ElementsAre(
            "Connected to amqp://guest:**@localhost:5672//",
            "Lost the connection to amqp://guest:**@localhost:5672//: it stops. Trying again in 1.0 s (attempt 1).",
            "Cannot connect to amqp://guest:**@localhost:5672//: connection refused. Trying again in 2.0 s "
            "(attempt 2).",
            "Connected to amqp://guest:**@localhost:5672//"));
}

TEST_F(ReconnectMachineTest, waits_longer_after_each_failure_up_to_the_cap) {
    auto machine = make();
    tell(machine, ReconnectEvent::start);
    for (const int wait_s : {1, 2, 4, 4, 4}) {
        EXPECT_EQ(tell(machine, ReconnectEvent::failed, refused), ReconnectAction::wait);
        EXPECT_EQ(machine.wake_up(), now + seconds{wait_s});
        EXPECT_EQ(tell(machine, ReconnectEvent::woken), ReconnectAction::connect);
    }
}

TEST_F(ReconnectMachineTest, goes_on_waiting_longer_when_connections_do_not_last) {
    auto machine = make();
    tell(machine, ReconnectEvent::start);
    for (const int wait_s : {1, 2, 4}) {
        bring_up(machine);
        now += seconds{1};
        EXPECT_EQ(tell(machine, ReconnectEvent::failed, refused), ReconnectAction::wait);
        EXPECT_EQ(machine.wake_up(), now + seconds{wait_s});
        tell(machine, ReconnectEvent::woken);
    }
}

TEST_F(ReconnectMachineTest, tries_all_hosts_before_it_waits) {
    auto machine = make("amqp://a,b,c");
    tell(machine, ReconnectEvent::start);
    for (const char* host : {"a", "b"}) {
        EXPECT_EQ(machine.target().host, host);
        EXPECT_EQ(tell(machine, ReconnectEvent::failed, refused), ReconnectAction::wait);
        EXPECT_EQ(machine.wake_up(), now);
        tell(machine, ReconnectEvent::woken);
    }
    EXPECT_EQ(machine.target().host, "c");
    tell(machine, ReconnectEvent::failed, refused);
    EXPECT_EQ(machine.wake_up(), now + seconds{1});
    EXPECT_EQ(machine.target().host, "a");
    EXPECT_THAT(lines.back(), testing::HasSubstr("Trying amqp://guest:**@a:5672// in 1.0 s"));
}

TEST_F(ReconnectMachineTest, ends_when_a_person_is_needed_at_the_start) {
    for (const auto kind : {FailureKind::authentication, FailureKind::vhost, FailureKind::access, FailureKind::topology,
                            FailureKind::tls}) {
        auto machine = make();
        tell(machine, ReconnectEvent::start);
        tell(machine, ReconnectEvent::connected);
        EXPECT_EQ(tell(machine, ReconnectEvent::failed, {kind, "no"}), ReconnectAction::stop);
        EXPECT_EQ(machine.fatal(), (Failure{kind, "no"}));
        EXPECT_EQ(tell(machine, ReconnectEvent::woken), ReconnectAction::none);
    }
}

TEST_F(ReconnectMachineTest, tries_the_same_error_again_later) {
    auto machine = make();
    tell(machine, ReconnectEvent::start);
    bring_up(machine);
    tell(machine, ReconnectEvent::failed, refused);
    tell(machine, ReconnectEvent::woken);
    tell(machine, ReconnectEvent::connected);
    EXPECT_EQ(tell(machine, ReconnectEvent::failed, wrong_password), ReconnectAction::wait);
    EXPECT_FALSE(machine.fatal());
    EXPECT_EQ(machine.last_failure(), wrong_password);
    EXPECT_THAT(lines.back(), testing::HasSubstr("refused user 'guest'. Trying again in"));
}

TEST_F(ReconnectMachineTest, keeps_trying_a_broker_that_is_down_at_the_start) {
    auto machine = make();
    tell(machine, ReconnectEvent::start);
    EXPECT_EQ(tell(machine, ReconnectEvent::failed, refused), ReconnectAction::wait);
    EXPECT_EQ(tell(machine, ReconnectEvent::woken), ReconnectAction::connect);
    EXPECT_EQ(tell(machine, ReconnectEvent::connected), ReconnectAction::converse);
    EXPECT_EQ(tell(machine, ReconnectEvent::failed, {FailureKind::timeout, "late"}), ReconnectAction::wait);
}

TEST_F(ReconnectMachineTest, stops_in_every_state) {
    const std::vector<std::vector<ReconnectEvent>> histories{
        {},
        {ReconnectEvent::start},
        {ReconnectEvent::start, ReconnectEvent::connected},
        {ReconnectEvent::start, ReconnectEvent::connected, ReconnectEvent::ready},
        {ReconnectEvent::start, ReconnectEvent::failed}};
    for (const auto& history : histories) {
        auto machine = make();
        for (const auto event : history) tell(machine, event, refused);
        EXPECT_EQ(tell(machine, ReconnectEvent::stop), ReconnectAction::stop);
        EXPECT_FALSE(machine.fatal());
        for (const auto event : {ReconnectEvent::start, ReconnectEvent::connected, ReconnectEvent::ready,
                                 ReconnectEvent::failed, ReconnectEvent::woken, ReconnectEvent::stop}) {
            EXPECT_EQ(tell(machine, event, refused), ReconnectAction::none);
        }
    }
}

TEST_F(ReconnectMachineTest, ignores_what_comes_too_late) {
    auto machine = make();
    EXPECT_EQ(tell(machine, ReconnectEvent::connected), ReconnectAction::none);
    EXPECT_EQ(tell(machine, ReconnectEvent::failed, refused), ReconnectAction::none);
    tell(machine, ReconnectEvent::start);
    EXPECT_EQ(tell(machine, ReconnectEvent::start), ReconnectAction::none);
    EXPECT_EQ(tell(machine, ReconnectEvent::ready), ReconnectAction::none);
    EXPECT_EQ(tell(machine, ReconnectEvent::woken), ReconnectAction::none);
    tell(machine, ReconnectEvent::failed, refused);
    EXPECT_EQ(tell(machine, ReconnectEvent::failed, refused), ReconnectAction::none);
    EXPECT_EQ(tell(machine, ReconnectEvent::connected), ReconnectAction::none);
}

TEST(RetryPolicy, doubles_up_to_the_cap_and_never_overflows) {
    EXPECT_EQ(steady.delay(1, 0.5), seconds{1});
    EXPECT_EQ(steady.delay(2, 0.5), seconds{2});
    EXPECT_EQ(steady.delay(3, 0.5), seconds{4});
    EXPECT_EQ(steady.delay(4'000'000'000U, 0.5), seconds{4});
}

TEST(RetryPolicy, takes_a_random_share_away) {
    const RetryPolicy policy{.first_delay = seconds{10}, .max_delay = seconds{10}, .jitter = 0.5};
    EXPECT_EQ(policy.delay(1, 0.0), seconds{10});
    EXPECT_EQ(policy.delay(1, 0.5), std::chrono::milliseconds{7500});
    EXPECT_GE(policy.delay(1, 0.999), seconds{5});
}

}  // namespace
}  // namespace hiratake::client::core
