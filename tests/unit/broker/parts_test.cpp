#include <gmock/gmock.h>

#include "broker/core/credentials.hpp"
#include "broker/core/deadlines.hpp"
#include "broker/core/headers_match.hpp"
#include "broker/core/permissions.hpp"
#include "broker/core/publisher_confirms.hpp"
#include "broker/core/ready_messages.hpp"
#include "broker/core/unacknowledged_deliveries.hpp"
#include "hiratake/base/error.hpp"
#include "test_broker.hpp"

namespace hiratake::broker::core {
namespace {

using std::chrono::hours;
using std::chrono::seconds;

QueueEntry entry(MemoryMeter& meter, std::uint64_t position, std::uint8_t priority = 0,
                 TimePoint expires_at = TimePoint::max()) {
    const MessageFacts facts{.persistent = false, .priority = priority, .expiration = {}};
    const MessagePointer message =
        Message::create({"", "q", std::string_view{"\0\0", 2}, std::to_string(position)}, facts, meter);
    return {.message = message, .position = position, .expires_at = expires_at};
}

TEST(Message, gives_back_its_parts_and_its_memory) {
    MemoryMeter meter;
    {
        const MessagePointer message = Message::create({"exchange", "key", "properties", "body"}, {}, meter);
        EXPECT_EQ(message->exchange(), "exchange");
        EXPECT_EQ(message->routing_key(), "key");
        EXPECT_EQ(message->encoded_properties(), "properties");
        EXPECT_EQ(message->body(), "body");
        EXPECT_GT(meter.used(), 25U);
    }
    EXPECT_EQ(meter.used(), 0U);
}

TEST(ReadyMessages, hands_out_by_priority_then_by_position) {
    MemoryMeter meter;
    ReadyMessages ready{5};
    ready.push_back(entry(meter, 1, 0));
    ready.push_back(entry(meter, 2, 9));
    ready.push_back(entry(meter, 3, 5));
    ready.push_back(entry(meter, 4, 1));
    EXPECT_EQ(ready.size(), 4U);
    EXPECT_EQ(ready.body_bytes(), 4U);
    EXPECT_EQ(ready.pop_least().position, 1U);
    EXPECT_EQ(ready.pop_front().position, 2U);
    EXPECT_EQ(ready.pop_front().position, 3U);
    EXPECT_EQ(ready.pop_front().position, 4U);
    EXPECT_TRUE(ready.empty());
    EXPECT_EQ(ready.body_bytes(), 0U);
}

TEST(ReadyMessages, puts_what_comes_back_where_it_was) {
    MemoryMeter meter;
    ReadyMessages ready{0};
    for (std::uint64_t position = 1; position <= 5; ++position) ready.push_back(entry(meter, position));
    QueueEntry first = ready.pop_front();
    QueueEntry second = ready.pop_front();
    QueueEntry third = ready.pop_front();
    ready.restore(std::move(second));
    ready.restore(std::move(third));
    ready.restore(std::move(first));
    for (std::uint64_t position = 1; position <= 5; ++position) EXPECT_EQ(ready.pop_front().position, position);
}

TEST(ReadyMessages, expires_at_the_head_only) {
    MemoryMeter meter;
    ReadyMessages ready{0};
    const TimePoint start{hours{1}};
    ready.push_back(entry(meter, 1, 0, start + seconds{10}));
    ready.push_back(entry(meter, 2, 0, start + seconds{1}));
    EXPECT_EQ(ready.next_expiry(), start + seconds{10});
    EXPECT_FALSE(ready.pop_expired(start + seconds{9}));
    EXPECT_EQ(ready.pop_expired(start + seconds{10})->position, 1U);
    EXPECT_EQ(ready.pop_expired(start + seconds{10})->position, 2U);
    EXPECT_EQ(ready.next_expiry(), TimePoint::max());
}

TEST(PublisherConfirms, joins_neighbours_that_were_accepted) {
    PublisherConfirms confirms;
    for (const bool accepted : {true, true, true, false, false, true}) confirms.settle(confirms.next_tag(), accepted);
    const auto& answers = confirms.answers();
    ASSERT_EQ(answers.size(), 4U);
    EXPECT_TRUE(answers[0].tag == 3 && answers[0].multiple && answers[0].accepted);
    EXPECT_TRUE(answers[1].tag == 4 && !answers[1].multiple && !answers[1].accepted);
    EXPECT_TRUE(answers[2].tag == 5 && !answers[2].multiple && !answers[2].accepted);
    EXPECT_TRUE(answers[3].tag == 6 && !answers[3].multiple && answers[3].accepted);
}

class UnacknowledgedDeliveriesTest : public testing::Test {
  protected:
    void add(std::uint64_t count) {
        for (std::uint64_t left = count; left > 0; --left) deliveries_.add({++tag_, queue_, nullptr, {}});
    }

    test::TestBroker broker_;
    Queue* queue_ = &broker_.broker.find_vhost("/")->add_queue("q", {});
    UnacknowledgedDeliveries deliveries_;
    std::uint64_t tag_ = 0;
};

TEST_F(UnacknowledgedDeliveriesTest, takes_each_once) {
    add(3);
    EXPECT_EQ(deliveries_.take(2)->tag, 2U);
    EXPECT_FALSE(deliveries_.take(2));
    EXPECT_FALSE(deliveries_.take(9));
    EXPECT_FALSE(deliveries_.take(0));
    EXPECT_EQ(deliveries_.size(), 2U);
}

TEST_F(UnacknowledgedDeliveriesTest, takes_all_up_to_a_known_tag) {
    add(5);
    deliveries_.take(2);
    EXPECT_FALSE(deliveries_.take_up_to(2));
    EXPECT_FALSE(deliveries_.take_up_to(6));
    const auto taken = deliveries_.take_up_to(4);
    ASSERT_TRUE(taken);
    ASSERT_EQ(taken->size(), 3U);
    EXPECT_EQ(taken->back().tag, 4U);
    EXPECT_EQ(deliveries_.take_up_to(0)->size(), 1U);
    EXPECT_TRUE(deliveries_.take_up_to(0)->empty());
}

TEST_F(UnacknowledgedDeliveriesTest, sweeps_behind_one_that_is_never_settled) {
    for (int round = 0; round < 1000; ++round) {
        add(1);
        if (tag_ > 1) {
            EXPECT_TRUE(deliveries_.take(tag_));
        }
    }
    EXPECT_EQ(deliveries_.size(), 1U);
    EXPECT_EQ(deliveries_.take(1)->tag, 1U);
}

TEST_F(UnacknowledgedDeliveriesTest, restores_in_order) {
    add(4);
    std::vector<Delivery> taken;
    taken.push_back(*deliveries_.take(3));
    taken.push_back(*deliveries_.take(1));
    deliveries_.restore(std::move(taken));
    EXPECT_EQ(deliveries_.take_up_to(3)->size(), 3U);
    EXPECT_EQ(deliveries_.size(), 1U);
}

TEST(NamePattern, matches_anywhere_in_the_name) {
    EXPECT_TRUE(NamePattern{".*"}.matches(""));
    EXPECT_FALSE(NamePattern{""}.matches("q"));
    EXPECT_FALSE(NamePattern{""}.matches(""));
    EXPECT_TRUE(NamePattern{"rder"}.matches("orders"));
    EXPECT_FALSE(NamePattern{"^rder"}.matches("orders"));
    EXPECT_THROW(NamePattern{"("}, ConfigurationError);
}

TEST(HeadersMatch, follows_x_match) {
    const amqp::Table wanted{{"a", 1}, {"b", "x"}};
    const auto matches = [&wanted](const char* mode, const amqp::Table& headers) {
        amqp::Table arguments = wanted;
        if (mode) arguments.set("x-match", mode);
        return HeadersMatch::parse(arguments)->matches(headers);
    };
    EXPECT_TRUE(matches(nullptr, {{"a", 1}, {"b", "x"}, {"c", 0}}));
    EXPECT_TRUE(matches("all", {{"a", std::int64_t{1}}, {"b", "x"}}));
    EXPECT_FALSE(matches("all", {{"a", 1}}));
    EXPECT_FALSE(matches("all", {{"a", "1"}, {"b", "x"}}));
    EXPECT_TRUE(matches("any", {{"a", 1}}));
    EXPECT_FALSE(matches("any", {{"a", 2}}));
    EXPECT_FALSE(matches("any", {}));
    EXPECT_FALSE(HeadersMatch::parse({{"x-match", "sometimes"}}));
}

TEST(HeadersMatch, asks_for_presence_with_a_null_and_for_x_headers_only_when_told) {
    EXPECT_TRUE(HeadersMatch::parse({{"a", nullptr}})->matches({{"a", "whatever"}}));
    EXPECT_FALSE(HeadersMatch::parse({{"a", nullptr}})->matches({}));
    EXPECT_TRUE(HeadersMatch::parse({{"x-a", 1}})->matches({}));
    EXPECT_FALSE(HeadersMatch::parse({{"x-match", "all-with-x"}, {"x-a", 1}})->matches({}));
    EXPECT_TRUE(HeadersMatch::parse({{"x-match", "any-with-x"}, {"x-a", 1}})->matches({{"x-a", 1}}));
}

TEST(Credentials, reads_plain_and_amqplain) {
    const auto plain = read_credentials("PLAIN", std::string_view{"me\0user\0secret", 14});
    ASSERT_TRUE(plain);
    EXPECT_EQ(plain->user, "user");
    EXPECT_EQ(plain->password, "secret");
    EXPECT_FALSE(read_credentials("PLAIN", "user"));
    EXPECT_FALSE(read_credentials("PLAIN", std::string_view{"\0user", 5}));
    EXPECT_FALSE(read_credentials("AMQPLAIN", "\x05LOGIN"));
    EXPECT_FALSE(read_credentials("EXTERNAL", ""));
}

struct Alarm final : Timed {
    explicit Alarm(Deadlines& deadlines) : Timed(deadlines) {}
    void on_deadline(TimePoint now) override { rung_at.push_back(now); }
    using Timed::call_by;
    std::vector<TimePoint> rung_at;
};

TEST(Deadlines, ring_once_at_the_earliest_moment_asked_for) {
    Deadlines deadlines;
    const TimePoint start{hours{1}};
    Alarm alarm{deadlines};
    alarm.call_by(start + seconds{5});
    alarm.call_by(start + seconds{9});
    alarm.call_by(start + seconds{2});
    EXPECT_EQ(deadlines.next(), start + seconds{2});
    deadlines.run(start + seconds{1});
    EXPECT_TRUE(alarm.rung_at.empty());
    deadlines.run(start + seconds{20});
    EXPECT_EQ(alarm.rung_at.size(), 1U);
    EXPECT_EQ(deadlines.next(), TimePoint::max());
}

TEST(Deadlines, forget_what_is_destroyed) {
    Deadlines deadlines;
    {
        Alarm alarm{deadlines};
        alarm.call_by(TimePoint{hours{1}});
    }
    EXPECT_EQ(deadlines.next(), TimePoint::max());
}

}  // namespace
}  // namespace hiratake::broker::core
