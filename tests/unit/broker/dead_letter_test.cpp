#include <gmock/gmock.h>

#include "test_client.hpp"

namespace hiratake::broker::core::test {
namespace {

using std::chrono::milliseconds;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

class DeadLetterTest : public testing::Test {
  protected:
    void declare_dying(amqp::Table arguments, std::string_view name = "q", std::string_view next = "dead") {
        arguments.set("x-dead-letter-exchange", "");
        arguments.set("x-dead-letter-routing-key", next);
        client.declare(std::move(arguments), name);
        client.declare({}, "dead");
    }
    Lines get(std::string_view queue = "dead", bool no_ack = true) {
        return client.call(amqp::BasicGet{.queue = queue, .no_ack = no_ack});
    }
    std::size_t ready(std::string_view queue) {
        return broker.broker.find_vhost("/")->find_queue(queue)->ready_count();
    }

    TestBroker broker;
    TestClient client{broker};
};

TEST_F(DeadLetterTest, tells_the_story_of_a_rejection) {
    declare_dying({});
    client.publish("", "q", "m", {.headers = amqp::Table{{"h", 1}}});
    get("q", false);
    client.call(amqp::BasicReject{.delivery_tag = 1, .requeue = false});
    const std::string seconds = std::to_string(
        std::chrono::duration_cast<std::chrono::seconds>(broker.clock.wall_time().time_since_epoch()).count());
    const Lines lines = get();
    for (const std::string& part :
         {std::string{"h: 1, x-death: [{count: 1, reason: 'rejected', queue: 'q', time: "}, seconds,
          std::string{"exchange: '', routing-keys: ['q']}]"}, std::string{"x-first-death-exchange: ''"},
          std::string{"x-first-death-queue: 'q'"}, std::string{"x-first-death-reason: 'rejected'"}}) {
        EXPECT_THAT(lines.front(), HasSubstr(part));
    }
}

TEST_F(DeadLetterTest, queue_ttl_is_exact_to_the_millisecond) {
    declare_dying({{"x-message-ttl", 50}});
    client.publish("", "q", "m");
    broker.pass(milliseconds{49});
    EXPECT_EQ(ready("q"), 1U);
    broker.pass(milliseconds{1});
    EXPECT_EQ(ready("q"), 0U);
    EXPECT_THAT(get().front(), HasSubstr("reason: 'expired'"));
}

TEST_F(DeadLetterTest, message_ttl_leaves_its_value_in_the_story_only) {
    declare_dying({{"x-message-ttl", 500}});
    client.publish("", "q", "m", {.expiration = "60"});
    broker.pass(milliseconds{60});
    const Lines lines = get();
    EXPECT_THAT(lines.front(), HasSubstr("original-expiration: '60'"));
    EXPECT_THAT(lines.front(), Not(HasSubstr(" expiration=")));
}

TEST_F(DeadLetterTest, a_short_life_waits_behind_a_long_one) {
    client.declare({}, "q");
    client.publish("", "q", "long", {.expiration = "1000"});
    client.publish("", "q", "short", {.expiration = "10"});
    broker.pass(milliseconds{500});
    EXPECT_EQ(ready("q"), 2U);
    EXPECT_THAT(bodies(get("q")), ElementsAre("long"));
    EXPECT_EQ(ready("q"), 0U);
}

TEST_F(DeadLetterTest, requeueing_does_not_lengthen_a_life) {
    client.declare({{"x-message-ttl", 100}}, "q");
    client.publish("", "q", "m");
    broker.pass(milliseconds{60});
    get("q", false);
    broker.pass(milliseconds{60});
    client.call(amqp::BasicNack{.delivery_tag = 1, .requeue = true});
    EXPECT_EQ(ready("q"), 0U);
}

TEST_F(DeadLetterTest, a_ttl_of_zero_reaches_waiting_consumers_only) {
    client.declare({{"x-message-ttl", 0}}, "q");
    client.publish("", "q", "lost");
    EXPECT_THAT(get("q"), ElementsAre("basic.get-empty"));
    client.consume("q", "t", true);
    EXPECT_THAT(deliveries(client.publish("", "q", "found")), ElementsAre("t:found"));
}

TEST_F(DeadLetterTest, max_length_drops_the_head) {
    declare_dying({{"x-max-length", 2}});
    for (const char* body : {"1", "2", "3"}) client.publish("", "q", body);
    EXPECT_THAT(get().front(), HasSubstr("reason: 'maxlen'"));
    EXPECT_THAT(bodies(get("q")), ElementsAre("2"));
    EXPECT_THAT(bodies(get("q")), ElementsAre("3"));
}

TEST_F(DeadLetterTest, max_length_counts_what_is_ready_and_bytes_of_bodies) {
    client.declare({{"x-max-length", 1}}, "q");
    client.publish("", "q", "1");
    get("q", false);
    client.publish("", "q", "2");
    EXPECT_EQ(ready("q"), 1U);
    client.declare({{"x-max-length-bytes", 5}}, "bytes");
    for (const char* body : {"123", "45", "6"}) client.publish("", "bytes", body);
    EXPECT_EQ(ready("bytes"), 2U);
}

TEST_F(DeadLetterTest, a_max_length_of_zero_lets_through_to_waiting_consumers) {
    client.declare({{"x-max-length", 0}}, "q");
    client.publish("", "q", "lost");
    EXPECT_EQ(ready("q"), 0U);
    client.consume("q", "t", true);
    EXPECT_THAT(deliveries(client.publish("", "q", "found")), ElementsAre("t:found"));
}

TEST_F(DeadLetterTest, a_full_queue_can_refuse_and_bury) {
    declare_dying({{"x-max-length", 1}, {"x-overflow", "reject-publish-dlx"}});
    client.call(amqp::ConfirmSelect{});
    EXPECT_THAT(client.publish("", "q", "1"), ElementsAre("basic.ack delivery_tag=1 multiple=false"));
    EXPECT_THAT(client.publish("", "q", "2"), ElementsAre("basic.nack delivery_tag=2 multiple=false requeue=true"));
    EXPECT_THAT(bodies(get()), ElementsAre("2"));
    EXPECT_THAT(bodies(get("q")), ElementsAre("1"));
}

TEST_F(DeadLetterTest, drops_the_lowest_priority_first) {
    client.declare({{"x-max-priority", 5}, {"x-max-length", 2}}, "q");
    client.publish("", "q", "low", {.priority = std::uint8_t{1}});
    client.publish("", "q", "high", {.priority = std::uint8_t{9}});
    client.publish("", "q", "middle", {.priority = std::uint8_t{3}});
    EXPECT_THAT(bodies(get("q")), ElementsAre("high"));
    EXPECT_THAT(bodies(get("q")), ElementsAre("middle"));
}

TEST_F(DeadLetterTest, counts_deaths_and_puts_the_latest_first) {
    declare_dying({}, "work", "wait");
    declare_dying({{"x-message-ttl", 30}}, "wait", "work");
    client.publish("", "work", "m");
    for (std::uint64_t tag = 1; tag <= 2; ++tag) {
        get("work", false);
        client.call(amqp::BasicReject{.delivery_tag = tag, .requeue = false});
        broker.pass(milliseconds{30});
    }
    const Lines lines = get("work");
    EXPECT_THAT(lines.front(), HasSubstr("x-death: [{count: 2, exchange: '', queue: 'wait', reason: 'expired'"));
    EXPECT_THAT(lines.front(), HasSubstr("{count: 2, exchange: '', queue: 'work', reason: 'rejected'"));
    EXPECT_THAT(lines.front(), HasSubstr("x-first-death-queue: 'work'"));
}

TEST_F(DeadLetterTest, drops_what_would_go_round_by_itself) {
    declare_dying({{"x-message-ttl", 10}}, "a", "b");
    declare_dying({{"x-message-ttl", 10}}, "b", "a");
    client.publish("", "a", "m");
    for (int round = 0; round < 5; ++round) broker.pass(milliseconds{10});
    EXPECT_EQ(ready("a") + ready("b"), 0U);
    declare_dying({{"x-max-length", 0}}, "self", "self");
    client.publish("", "self", "m");
    EXPECT_EQ(ready("self"), 0U);
}

TEST_F(DeadLetterTest, keeps_the_original_keys_without_a_key_of_its_own) {
    client.declare({{"x-dead-letter-exchange", "amq.direct"}}, "q");
    client.declare({}, "dead");
    client.declare({}, "copy");
    client.call(amqp::QueueBind{.queue = "dead", .exchange = "amq.direct", .routing_key = "q"});
    client.call(amqp::QueueBind{.queue = "copy", .exchange = "amq.direct", .routing_key = "other"});
    client.publish("", "q", "m", {.headers = amqp::Table{{"CC", amqp::Array{{"other"}}}}});
    get("q", false);
    client.call(amqp::BasicReject{.delivery_tag = 1, .requeue = false});
    EXPECT_THAT(get("dead").front(), HasSubstr("exchange='amq.direct' routing_key='q'"));
    EXPECT_THAT(get("copy").front(), HasSubstr("routing-keys: ['q', 'other']"));
}

TEST_F(DeadLetterTest, vanishes_without_the_exchange) {
    client.declare({{"x-dead-letter-exchange", "no-such"}}, "q");
    client.publish("", "q", "m");
    get("q", false);
    EXPECT_THAT(client.call(amqp::BasicReject{.delivery_tag = 1, .requeue = false}), IsEmpty());
}

TEST_F(DeadLetterTest, passes_through_a_long_chain_of_full_queues) {
    constexpr int length = 150;
    for (int index = 0; index < length; ++index) {
        client.declare({{"x-max-length", 0},
                        {"x-dead-letter-exchange", ""},
                        {"x-dead-letter-routing-key", "q" + std::to_string(index + 1)}},
                       "q" + std::to_string(index));
    }
    client.declare({}, "q" + std::to_string(length));
    client.publish("", "q0", "m");
    EXPECT_EQ(ready("q" + std::to_string(length)), 1U);
}

}  // namespace
}  // namespace hiratake::broker::core::test
