#include "unit/client/support/connection_fixture.hpp"

namespace hiratake::client::core {
namespace {

using std::chrono::seconds;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

class ConnectionHandshake : public ConnectionFixture {};

TEST_F(ConnectionHandshake, logs_in_tunes_and_opens_its_channels) {
    EXPECT_EQ(broker.connect(now, {.user = "bob", .password = "geheim", .vhost = "shop"}), ConnectionAction::be_ready);
    EXPECT_TRUE(machine.is_ready());
    EXPECT_THAT(
        broker.take_heard(),
        ElementsAre("protocol header", AllOf(HasSubstr("connection.start-ok"), HasSubstr("mechanism='PLAIN'")),
                    AllOf(HasSubstr("connection.tune-ok"), HasSubstr("frame_max=131072"), HasSubstr("heartbeat=60")),
                    AllOf(HasSubstr("connection.open"), HasSubstr("'shop'")), StartsWith("channel 1: channel.open"),
                    StartsWith("channel 2: channel.open"), StartsWith("channel 2: confirm.select")));
}

TEST_F(ConnectionHandshake, answers_with_the_mechanism_of_the_uri) {
    broker.connect(now, {.mechanism = SaslMechanism::amqplain});
    EXPECT_EQ(broker.count_heard("mechanism='AMQPLAIN'"), 1U);
    machine.disconnected();
    broker.connect(now, {.mechanism = SaslMechanism::external});
    EXPECT_EQ(broker.count_heard("mechanism='EXTERNAL'"), 1U);
}

TEST_F(ConnectionHandshake, writes_user_and_password_as_plain_wants_them) {
    broker.accept(now, {.user = "bob", .password = "geheim"});
    broker.silent_on = {"connection.start-ok"};
    amqp::ByteBuffer bytes;
    machine.take_outgoing(bytes, now);
    EXPECT_EQ(bytes, amqp::protocol_header);
    amqp::ByteBuffer start;
    amqp::FrameWriter{start}.write_method(0, amqp::ConnectionStart{.mechanisms = "AMQPLAIN PLAIN", .locales = "en_US"});
    start.view().copy(machine.receive_buffer(start.size()).data(), start.size());
    EXPECT_EQ(machine.received(start.size(), now), ConnectionAction::go_on);
    machine.take_outgoing(bytes, now);
    EXPECT_THAT(std::string{bytes}, HasSubstr(std::string{"\0bob\0geheim", 11}));
}

TEST_F(ConnectionHandshake, settles_for_the_lower_limits) {
    broker.tune = {.channel_max = 100, .frame_max = 8192, .heartbeat = 20};
    broker.connect(now);
    EXPECT_EQ(broker.count_heard("connection.tune-ok channel_max=100 frame_max=8192 heartbeat=20"), 1U);
}

TEST_F(ConnectionHandshake, takes_zero_of_the_broker_for_no_limit) {
    broker.tune = {.channel_max = 0, .frame_max = 0, .heartbeat = 0};
    broker.connect(now);
    EXPECT_EQ(broker.count_heard("connection.tune-ok channel_max=2047 frame_max=131072 heartbeat=60"), 1U);
}

TEST_F(ConnectionHandshake, lets_the_uri_switch_heartbeats_off) {
    broker.connect(now, {.heartbeat_s = 0});
    EXPECT_EQ(broker.count_heard("heartbeat=0"), 1U);
    EXPECT_TRUE(machine.next_deadline().is_never());
}

TEST_F(ConnectionHandshake, reports_a_mechanism_that_is_not_offered) {
    broker.mechanisms = "EXTERNAL";
    EXPECT_EQ(broker.connect(now), ConnectionAction::hang_up);
    EXPECT_EQ(machine.failure()->kind, FailureKind::authentication);
    EXPECT_THAT(machine.failure()->text, HasSubstr("does not offer the login mechanism PLAIN; it offers EXTERNAL"));
}

TEST_F(ConnectionHandshake, reports_a_wrong_password_without_showing_it) {
    broker.silent_on = {"connection.start-ok"};
    broker.connect(now, {.user = "bob", .password = "geheim"});
    broker.say(0, amqp::ConnectionClose{.reply_code = 403, .reply_text = "ACCESS_REFUSED - Login was refused"});
    EXPECT_EQ(converse(), ConnectionAction::hang_up);
    EXPECT_EQ(machine.failure()->kind, FailureKind::authentication);
    EXPECT_THAT(machine.failure()->text, HasSubstr("refused user 'bob'"));
    EXPECT_THAT(machine.failure()->text, HasSubstr("(403 ACCESS_REFUSED - Login was refused)"));
    EXPECT_THAT(machine.failure()->text, Not(HasSubstr("geheim")));
    EXPECT_EQ(broker.count_heard("connection.close-ok"), 1U);
}

TEST_F(ConnectionHandshake, reports_a_virtual_host_that_does_not_exist) {
    broker.silent_on = {"connection.open"};
    broker.connect(now, {.vhost = "nowhere"});
    broker.say(0, amqp::ConnectionClose{.reply_code = 530, .reply_text = "NOT_ALLOWED - vhost nowhere not found"});
    EXPECT_EQ(converse(), ConnectionAction::hang_up);
    EXPECT_EQ(machine.failure()->kind, FailureKind::vhost);
    EXPECT_THAT(machine.failure()->text, HasSubstr("virtual host 'nowhere' to user 'guest' (530 NOT_ALLOWED"));
}

TEST_F(ConnectionHandshake, takes_a_broker_that_stops_for_what_it_is) {
    broker.silent_on = {"connection.open"};
    broker.connect(now);
    broker.say(0, amqp::ConnectionClose{.reply_code = 320, .reply_text = "CONNECTION_FORCED - shutdown"});
    EXPECT_EQ(converse(), ConnectionAction::hang_up);
    EXPECT_EQ(machine.failure()->kind, FailureKind::broker_closed);
}

TEST_F(ConnectionHandshake, cannot_answer_a_challenge) {
    broker.silent_on = {"connection.start-ok"};
    broker.connect(now);
    broker.say(0, amqp::ConnectionSecure{.challenge = "?"});
    EXPECT_EQ(converse(), ConnectionAction::hang_up);
    EXPECT_EQ(machine.failure()->kind, FailureKind::authentication);
}

TEST_F(ConnectionHandshake, explains_a_broker_that_hangs_up_without_a_word) {
    broker.silent_on = {"connection.start-ok"};
    broker.connect(now);
    EXPECT_THAT(machine.end_of_stream_text(), HasSubstr("during the login"));
    machine.disconnected();
    broker.silent_on = {"connection.open"};
    broker.connect(now);
    EXPECT_THAT(machine.end_of_stream_text(), HasSubstr("virtual host '/'"));
    machine.disconnected();
    broker.silent_on = {};
    broker.connect(now);
    EXPECT_THAT(machine.end_of_stream_text(), HasSubstr("without a word"));
}

TEST_F(ConnectionHandshake, gives_up_on_a_peer_of_another_protocol) {
    broker.silent_on = {"protocol header"};
    broker.connect(now);
    broker.say_bytes("HTTP/1.1 400 Bad Request\r\n");
    EXPECT_EQ(converse(), ConnectionAction::hang_up);
    EXPECT_EQ(machine.failure()->kind, FailureKind::protocol);
    EXPECT_THAT(machine.failure()->text, HasSubstr("does not speak AMQP 0-9-1"));
}

TEST_F(ConnectionHandshake, gives_up_on_answers_out_of_order) {
    broker.silent_on = {"connection.start-ok"};
    broker.connect(now);
    broker.say(0, amqp::ConnectionOpenOk{});
    EXPECT_EQ(converse(), ConnectionAction::hang_up);
    EXPECT_THAT(machine.failure()->text, HasSubstr("connection.open-ok, which has no place"));
}

TEST_F(ConnectionHandshake, gives_up_on_a_broker_that_does_not_answer) {
    for (const char* step : {"protocol header", "connection.start-ok", "connection.open"}) {
        SCOPED_TRACE(step);
        broker.silent_on = {step};
        EXPECT_EQ(broker.connect(now), ConnectionAction::go_on);
        EXPECT_EQ(machine.next_deadline(), Deadline{now + seconds{10}});
        EXPECT_EQ(converse_after(seconds{10}), ConnectionAction::hang_up);
        EXPECT_EQ(machine.failure()->kind, FailureKind::timeout);
        machine.disconnected();
    }
}

TEST_F(ConnectionHandshake, says_goodbye_and_waits_for_the_answer) {
    broker.connect(now);
    EXPECT_EQ(machine.close(now), ConnectionAction::go_on);
    EXPECT_EQ(converse(), ConnectionAction::hang_up);
    EXPECT_FALSE(machine.failure());
    EXPECT_EQ(broker.count_heard("connection.close reply_code=200"), 1U);
}

TEST_F(ConnectionHandshake, hangs_up_at_once_when_closed_during_the_handshake) {
    broker.silent_on = {"connection.start-ok"};
    broker.connect(now);
    EXPECT_EQ(machine.close(now), ConnectionAction::hang_up);
    EXPECT_FALSE(machine.failure());
}

TEST_F(ConnectionHandshake, sends_heartbeats_when_it_has_nothing_else_to_say) {
    broker.tune.heartbeat = 10;
    broker.connect(now);
    broker.take_heard();
    EXPECT_EQ(machine.next_deadline(), Deadline{now + seconds{5}});
    EXPECT_EQ(converse_after(seconds{4}), ConnectionAction::go_on);
    EXPECT_THAT(broker.take_heard(), ElementsAre());
    broker.say_heartbeat();
    EXPECT_EQ(converse_after(seconds{1}), ConnectionAction::go_on);
    EXPECT_THAT(broker.take_heard(), ElementsAre("channel 0: heartbeat"));
}

TEST_F(ConnectionHandshake, gives_up_on_a_broker_that_is_silent_for_two_heartbeats) {
    broker.tune.heartbeat = 10;
    broker.connect(now);
    EXPECT_EQ(converse_after(seconds{19}), ConnectionAction::go_on);
    EXPECT_EQ(converse_after(seconds{1}), ConnectionAction::hang_up);
    EXPECT_EQ(machine.failure()->kind, FailureKind::silence);
    EXPECT_THAT(machine.failure()->text, HasSubstr("for 20 s"));
}

TEST_F(ConnectionHandshake, takes_any_byte_for_a_sign_of_life) {
    broker.tune.heartbeat = 10;
    broker.connect(now);
    now += seconds{19};
    broker.say_heartbeat();
    const auto bytes_of_half_a_frame = std::string{"\x08\0\0", 3};
    broker.converse(now);
    broker.say_bytes(bytes_of_half_a_frame);
    now += seconds{12};
    broker.converse(now);
    EXPECT_EQ(converse_after(seconds{19}), ConnectionAction::go_on);
    EXPECT_EQ(converse_after(seconds{1}), ConnectionAction::hang_up);
}

TEST_F(ConnectionHandshake, tells_the_broker_when_it_is_closed_by_it) {
    broker.connect(now);
    broker.say(0, amqp::ConnectionClose{.reply_code = 320, .reply_text = "CONNECTION_FORCED - by operator"});
    EXPECT_EQ(converse(), ConnectionAction::hang_up);
    EXPECT_EQ(machine.failure(), (Failure{FailureKind::broker_closed,
                                          "the broker closed the connection (320 CONNECTION_FORCED - by operator)"}));
    EXPECT_EQ(broker.count_heard("connection.close-ok"), 1U);
}

TEST_F(ConnectionHandshake, gives_up_on_frames_for_channels_that_it_never_opened) {
    broker.connect(now);
    broker.say(9, amqp::BasicAck{.delivery_tag = 1});
    EXPECT_EQ(converse(), ConnectionAction::hang_up);
    EXPECT_THAT(machine.failure()->text, HasSubstr("channel 9"));
}

}  // namespace
}  // namespace hiratake::client::core
