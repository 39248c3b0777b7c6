#include "unit/client/support/connection_fixture.hpp"

namespace hiratake::client::core {
namespace {

using std::chrono::seconds;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::StartsWith;

class ConnectionRestore : public ConnectionFixture {
  protected:
    void describe_service() {
        machine.declare({Exchange{.name = "nameko-rpc"}, Queue{.name = "rpc-mail"},
                         Binding{.queue = "rpc-mail", .exchange = "nameko-rpc", .routing_key = "mail.*"},
                         Exchange{.name = "shop.events"}, Queue{.name = "evt"},
                         Binding{.queue = "evt", .exchange = "shop.events", .routing_key = "paid"}});
        ASSERT_EQ(machine.add_consumer({.queue = "rpc-mail", .consumer_tag = "a"}), 4);
        ASSERT_EQ(machine.add_consumer({.queue = "evt", .prefetch_count = 5, .consumer_tag = "b"}), 5);
    }
};

TEST_F(ConnectionRestore, declares_in_order_and_consumes_last) {
    describe_service();
    EXPECT_EQ(broker.connect(now), ConnectionAction::be_ready);
    auto heard = broker.take_heard();
    std::erase_if(heard, [](const auto& line) {
        return line.find("connection.") != std::string::npos || line.find("channel 2") != std::string::npos;
    });
    EXPECT_THAT(
        heard,
        ElementsAre("protocol header", "channel 1: channel.open",
                    AllOf(HasSubstr("exchange.declare exchange='nameko-rpc' type='topic'"), HasSubstr("durable=true")),
                    HasSubstr("queue.declare queue='rpc-mail'"), HasSubstr("queue.bind queue='rpc-mail'"),
                    HasSubstr("exchange.declare exchange='shop.events'"), HasSubstr("queue.declare queue='evt'"),
                    HasSubstr("queue.bind queue='evt'"), "channel 4: channel.open", "channel 5: channel.open",
                    AllOf(StartsWith("channel 4: basic.qos"), HasSubstr("prefetch_count=10")),
                    AllOf(StartsWith("channel 4: basic.consume"), HasSubstr("consumer_tag='a'")),
                    AllOf(StartsWith("channel 5: basic.qos"), HasSubstr("prefetch_count=5")),
                    AllOf(StartsWith("channel 5: basic.consume"), HasSubstr("consumer_tag='b'"))));
    EXPECT_THAT(take_consumer_changes(),
                ElementsAre(ConsumerChange{4, ConsumerState::consuming}, ConsumerChange{5, ConsumerState::consuming}));
}

TEST_F(ConnectionRestore, survives_a_loss_at_each_of_its_steps) {
    describe_service();
    publish("first");
    broker.connect(now);
    const std::size_t all_replies = broker.replies();
    ASSERT_GE(all_replies, 5U);
    EXPECT_THAT(take_outcomes(), ElementsAre("first confirmed"));
    machine.disconnected();

    for (std::size_t replies = 0; replies < all_replies; ++replies) {
        SCOPED_TRACE("lost after reply " + std::to_string(replies));
        publish("message");
        broker.accept(now);
        broker.converse(now, replies);
        machine.disconnected();
        take_consumer_changes();
        broker.take_heard();
        EXPECT_EQ(broker.connect(now), ConnectionAction::be_ready);
        EXPECT_EQ(broker.count_heard("queue.declare"), 2U);
        EXPECT_EQ(broker.count_heard("basic.consume"), 2U);
        EXPECT_EQ(take_consumer_changes().size(), 2U);
        EXPECT_THAT(take_outcomes(), ElementsAre("message confirmed"));
        machine.disconnected();
    }
}

TEST_F(ConnectionRestore, gives_up_on_a_broker_that_leaves_a_step_unanswered) {
    describe_service();
    for (const char* step :
         {"channel.open", "confirm.select", "exchange.declare", "queue.declare", "queue.bind", "basic.consume"}) {
        SCOPED_TRACE(step);
        broker.silent_on = {step};
        EXPECT_EQ(broker.connect(now), ConnectionAction::go_on);
        now += seconds{30};
        broker.say_heartbeat();
        broker.converse(now);
        now += seconds{30};
        broker.say_heartbeat();
        EXPECT_EQ(converse(), ConnectionAction::hang_up);
        EXPECT_EQ(machine.failure()->kind, FailureKind::timeout);
        machine.disconnected();
    }
}

TEST_F(ConnectionRestore, declares_and_consumes_on_a_running_connection) {
    broker.connect(now);
    broker.take_heard();
    describe_service();
    EXPECT_EQ(converse(), ConnectionAction::go_on);
    EXPECT_EQ(broker.count_heard("queue.declare"), 2U);
    EXPECT_THAT(take_consumer_changes(),
                ElementsAre(ConsumerChange{4, ConsumerState::consuming}, ConsumerChange{5, ConsumerState::consuming}));
}

TEST_F(ConnectionRestore, declares_once_more_what_is_asked_for_again_and_keeps_it_once) {
    const Topology topology{Queue{.name = "waiting", .arguments = {{"x-expires", 6000}}}};
    machine.declare(topology);
    broker.connect(now);
    broker.take_heard();
    machine.declare(topology);
    converse();
    EXPECT_EQ(broker.count_heard("queue.declare queue='waiting'"), 1U);

    // The answer to the first of these tells nothing of when the broker saw the second.
    machine.declare(topology);
    machine.declare(topology);
    publish("after both");
    converse();
    EXPECT_EQ(broker.count_heard("queue.declare queue='waiting'"), 3U);
    EXPECT_THAT(take_outcomes(), ElementsAre("after both confirmed"));

    machine.disconnected();
    broker.take_heard();
    broker.connect(now);
    EXPECT_EQ(broker.count_heard("queue.declare queue='waiting'"), 1U);
}

TEST_F(ConnectionRestore, ends_at_start_when_a_declaration_is_refused) {
    describe_service();
    broker.silent_on = {"queue.declare"};
    broker.connect(now);
    broker.say(1,
               amqp::ChannelClose{.reply_code = 406, .reply_text = "PRECONDITION_FAILED - inequivalent arg 'durable'"});
    EXPECT_EQ(converse(), ConnectionAction::hang_up);
    EXPECT_EQ(machine.failure()->kind, FailureKind::topology);
    EXPECT_EQ(machine.failure()->text,
              "the broker refused to declare the queue 'rpc-mail' (406 PRECONDITION_FAILED - "
              "inequivalent arg 'durable')");
    EXPECT_EQ(broker.count_heard("connection.close reply_code=200"), 1U);
}

TEST_F(ConnectionRestore, ends_at_start_when_a_permission_is_missing) {
    describe_service();
    broker.silent_on = {"basic.consume"};
    broker.connect(now);
    broker.say(5, amqp::ChannelClose{.reply_code = 403, .reply_text = "ACCESS_REFUSED - access to queue 'evt'"});
    EXPECT_EQ(converse(), ConnectionAction::hang_up);
    EXPECT_EQ(machine.failure()->kind, FailureKind::access);
    EXPECT_THAT(machine.failure()->text, HasSubstr("refused to let queue 'evt' be consumed (403"));
}

TEST_F(ConnectionRestore, ends_at_start_when_the_connection_is_closed_over_a_declaration) {
    describe_service();
    broker.silent_on = {"exchange.declare"};
    broker.connect(now);
    broker.say(0, amqp::ConnectionClose{.reply_code = 503, .reply_text = "COMMAND_INVALID - unknown exchange type"});
    EXPECT_EQ(converse(), ConnectionAction::hang_up);
    EXPECT_EQ(machine.failure()->kind, FailureKind::topology);
}

TEST_F(ConnectionRestore, sets_a_refused_declaration_aside_later_and_tries_it_again) {
    describe_service();
    broker.connect(now);
    machine.disconnected();
    broker.take_heard();

    broker.silent_on = {"queue.declare", "queue.bind"};
    broker.connect(now);
    broker.silent_on = {};
    broker.say(1, amqp::ChannelClose{.reply_code = 406, .reply_text = "PRECONDITION_FAILED"});
    EXPECT_EQ(converse(), ConnectionAction::be_ready);
    EXPECT_THAT(log_lines, testing::Contains(AllOf(HasSubstr("declare the queue 'rpc-mail' (406 PRECONDITION_FAILED)"),
                                                   HasSubstr("tried again"))));
    EXPECT_EQ(broker.count_heard("queue.declare queue='rpc-mail'"), 1U);
    EXPECT_EQ(broker.count_heard("queue.declare queue='evt'"), 2U);
    EXPECT_EQ(broker.count_heard("basic.consume"), 2U);

    broker.take_heard();
    EXPECT_EQ(machine.next_deadline(), Deadline{now + seconds{1}});
    converse_after(seconds{1});
    EXPECT_EQ(broker.count_heard("queue.declare queue='rpc-mail'"), 1U);
}

TEST_F(ConnectionRestore, tries_a_refused_consumer_again_with_growing_waits) {
    describe_service();
    broker.connect(now);
    broker.take_heard();
    take_consumer_changes();
    broker.silent_on = {"basic.consume"};
    for (const int wait_s : {1, 2, 4}) {
        broker.say(4, amqp::ChannelClose{.reply_code = 404, .reply_text = "NOT_FOUND - no queue"});
        EXPECT_EQ(converse(), ConnectionAction::go_on);
        EXPECT_EQ(take_consumer_changes(), (std::vector{ConsumerChange{4, ConsumerState::waiting}}));
        EXPECT_EQ(machine.next_deadline(), Deadline{now + seconds{wait_s}});
        broker.take_heard();
        converse_after(seconds{wait_s} - std::chrono::milliseconds{1});
        EXPECT_EQ(broker.count_heard("basic.consume"), 0U);
        broker.say_heartbeat();
        converse_after(std::chrono::milliseconds{1});
        EXPECT_EQ(broker.count_heard("channel 4: basic.consume"), 1U);
        EXPECT_EQ(broker.count_heard("channel 5"), 0U);
    }
}

TEST_F(ConnectionRestore, declares_a_vanished_queue_again_and_subscribes_again) {
    describe_service();
    broker.connect(now);
    broker.take_heard();
    take_consumer_changes();
    broker.say(4, amqp::BasicCancel{.consumer_tag = "a", .no_wait = true});
    EXPECT_EQ(converse(), ConnectionAction::go_on);
    EXPECT_THAT(broker.take_heard(),
                ElementsAre(HasSubstr("exchange.declare exchange='nameko-rpc'"),
                            HasSubstr("queue.declare queue='rpc-mail'"), HasSubstr("queue.bind queue='rpc-mail'"),
                            HasSubstr("channel 4: basic.qos"), HasSubstr("channel 4: basic.consume")));
    EXPECT_THAT(take_consumer_changes(),
                ElementsAre(ConsumerChange{4, ConsumerState::waiting}, ConsumerChange{4, ConsumerState::consuming}));
    EXPECT_THAT(log_lines, testing::Contains(HasSubstr("cancelled the consumer of queue 'rpc-mail'")));
}

TEST_F(ConnectionRestore, gives_a_queue_that_vanishes_again_and_again_more_time) {
    describe_service();
    broker.connect(now);
    broker.say(4, amqp::BasicCancel{.consumer_tag = "a", .no_wait = true});
    converse();
    broker.take_heard();
    broker.say(4, amqp::BasicCancel{.consumer_tag = "a", .no_wait = true});
    converse();
    EXPECT_EQ(broker.count_heard("basic.consume"), 0U);
    converse_after(seconds{1});
    EXPECT_EQ(broker.count_heard("basic.consume"), 1U);
}

TEST_F(ConnectionRestore, needs_a_channel_for_each_consumer) {
    broker.tune.channel_max = 4;
    describe_service();
    EXPECT_EQ(broker.connect(now), ConnectionAction::hang_up);
    EXPECT_THAT(machine.failure()->text, HasSubstr("2 consumers need 5 channels, and the broker allows 4"));
}

TEST_F(ConnectionRestore, has_no_consumer_beyond_the_agreed_channels) {
    broker.tune.channel_max = 4;
    broker.connect(now);
    EXPECT_EQ(machine.add_consumer({.queue = "a", .consumer_tag = "a"}), 4);
    EXPECT_EQ(machine.add_consumer({.queue = "b", .consumer_tag = "b"}), std::nullopt);
}

}  // namespace
}  // namespace hiratake::client::core
