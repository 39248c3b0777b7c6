#include <gmock/gmock.h>

#include "test_client.hpp"

namespace hiratake::broker::core::test {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

TEST(Flow, tells_publishers_and_only_them_that_they_are_blocked) {
    TestBroker broker;
    TestClient publisher{broker};
    TestClient bystander{broker};
    bystander.declare({}, "q");
    broker.broker.raise_alarm(Alarm::memory);
    EXPECT_THAT(publisher.received(), IsEmpty());
    EXPECT_THAT(publisher.publish("", "q", "1"), ElementsAre("connection.blocked reason='low on memory'"));
    EXPECT_THAT(publisher.publish("", "q", "2"), IsEmpty());
    EXPECT_THAT(bystander.call(amqp::QueueDeclare{.queue = "q", .passive = true}).front(),
                HasSubstr("message_count=1"));
    broker.broker.clear_alarm(Alarm::memory);
    EXPECT_THAT(publisher.received(), ElementsAre("connection.unblocked"));
    EXPECT_THAT(bystander.call(amqp::QueueDeclare{.queue = "q", .passive = true}).front(),
                HasSubstr("message_count=2"));
    EXPECT_THAT(bystander.received(), IsEmpty());
}

TEST(Flow, blocks_clients_that_cannot_be_told_all_the_same) {
    TestBroker broker;
    TestClient publisher{broker, {.capabilities = {}}};
    publisher.declare({}, "q");
    broker.broker.raise_alarm(Alarm::disk);
    for (int index = 0; index < 3; ++index) EXPECT_THAT(publisher.publish("", "q", "m"), IsEmpty());
    EXPECT_EQ(broker.broker.find_vhost("/")->find_queue("q")->ready_count(), 1U);
    broker.broker.clear_alarm(Alarm::disk);
    EXPECT_EQ(broker.broker.find_vhost("/")->find_queue("q")->ready_count(), 3U);
}

TEST(Flow, lets_a_blocked_client_say_goodbye) {
    TestBroker broker;
    TestClient publisher{broker};
    broker.broker.raise_alarm(Alarm::disk);
    EXPECT_THAT(publisher.publish("", "q", "m"), ElementsAre("connection.blocked reason='low on disk'"));
    EXPECT_THAT(publisher.call(amqp::ConnectionClose{}, 0), ElementsAre("connection.close-ok"));
}

TEST(Flow, stops_reading_from_a_blocked_client_that_goes_on) {
    TestBroker broker;
    TestClient publisher{broker};
    broker.broker.raise_alarm(Alarm::memory);
    const std::string body(10000, 'x');
    int published = 0;
    while (!publisher.session().is_reading_paused() && published < 1000) {
        publisher.publish("", "q", body);
        ++published;
    }
    EXPECT_LT(published, 40);
    broker.broker.clear_alarm(Alarm::memory);
    EXPECT_FALSE(publisher.session().is_reading_paused());
}

TEST(Flow, bounds_the_memory_of_messages) {
    BrokerSettings settings = TestBroker::settings();
    settings.limits.memory_high_watermark = 100000;
    TestBroker broker{std::move(settings)};
    TestClient publisher{broker};
    TestClient consumer{broker};
    consumer.declare({}, "q");
    const std::string body(1000, 'x');
    Lines lines;
    for (int index = 0; index < 300 && lines.empty(); ++index) lines = publisher.publish("", "q", body);
    EXPECT_THAT(lines, ElementsAre("connection.blocked reason='low on memory'"));
    EXPECT_LT(broker.broker.environment().memory.used(), 102000U);
    consumer.call(amqp::BasicGet{.queue = "q", .no_ack = true});
    EXPECT_THAT(publisher.received(), IsEmpty());
    consumer.call(amqp::QueuePurge{.queue = "q"});
    EXPECT_THAT(publisher.received(), ElementsAre("connection.unblocked"));
    EXPECT_EQ(broker.broker.environment().memory.used(), 0U);
}

TEST(Flow, delivers_no_more_to_a_client_that_does_not_read) {
    TestBroker broker;
    TestClient publisher{broker};
    TestClient slow{broker};
    TestClient quick{broker};
    publisher.declare({}, "q");
    slow.consume("q", "slow", true);
    slow.reads = false;
    const std::string body(100000, 'x');
    constexpr int count = 50;
    for (int index = 0; index < count; ++index) publisher.publish("", "q", body);
    Queue& queue = *broker.broker.find_vhost("/")->find_queue("q");
    EXPECT_GT(queue.ready_count(), 30U);
    quick.consume("q", "quick", true);
    const std::size_t to_quick = deliveries(quick.received()).size();
    EXPECT_GT(to_quick, 30U);
    EXPECT_EQ(queue.ready_count(), 0U);
    slow.reads = true;
    EXPECT_EQ(deliveries(slow.received()).size() + to_quick, static_cast<std::size_t>(count));
    publisher.publish("", "q", "more");
    publisher.publish("", "q", "more");
    EXPECT_THAT(deliveries(slow.received()), ElementsAre("slow:more"));
}

TEST(Flow, stops_reading_from_a_client_that_asks_much_and_reads_nothing) {
    TestBroker broker;
    TestClient client{broker};
    client.reads = false;
    client.declare({}, "q");
    int asked = 0;
    while (!client.session().is_reading_paused() && asked < 1000) {
        client.publish("", "nope", std::string(100000, 'x'), {}, true);
        ++asked;
    }
    EXPECT_LT(asked, 30);
}

}  // namespace
}  // namespace hiratake::broker::core::test
