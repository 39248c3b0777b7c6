#include <gmock/gmock.h>

#include "test_client.hpp"

namespace hiratake::broker::core::test {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

TEST(Handshake, introduces_itself_as_the_broker_that_it_stands_in_for) {
    TestBroker broker;
    TestClient client{broker, {}, false};
    const Lines lines = client.send_bytes(amqp::protocol_header);
    ASSERT_EQ(lines.size(), 1U);
    for (const char* part : {"version_minor=9", "mechanisms='PLAIN AMQPLAIN'", "locales='en_US'", "product: 'RabbitMQ'",
                             "version: '3.10.8'", "publisher_confirms: true", "per_consumer_qos: true",
                             "direct_reply_to: true", "consumer_cancel_notify: true", "embedded_broker: 'Hiratake"}) {
        EXPECT_THAT(lines.front(), HasSubstr(part));
    }
}

TEST(Handshake, tunes_and_opens) {
    TestBroker broker;
    TestClient client{broker, {}, false};
    EXPECT_THAT(client.log_in(), ElementsAre(HasSubstr("connection.start "),
                                             "connection.tune channel_max=2047 frame_max=131072 heartbeat=60"));
    EXPECT_EQ(client.session().state(), SessionState::tuning);
}

TEST(Handshake, answers_a_foreign_protocol_with_its_own_header_and_hangs_up) {
    TestBroker broker;
    for (const std::string_view header : {"GET / HTTP/1.1\r\n\r\n", "AMQP\x00\x00\x0a\x00", "AMQP\x00\x01\x00\x00"}) {
        TestClient client{broker, {}, false};
        EXPECT_THAT(client.send_bytes(std::string_view{header.data(), 8}), ElementsAre("protocol header"));
        EXPECT_TRUE(client.session().is_over());
    }
}

TEST(Handshake, takes_a_header_that_comes_byte_by_byte) {
    TestBroker broker;
    TestClient client{broker, {}, false};
    for (int index = 0; index < 7; ++index) {
        EXPECT_THAT(client.send_bytes(amqp::protocol_header.substr(static_cast<std::size_t>(index), 1)), IsEmpty());
    }
    EXPECT_THAT(client.send_bytes(amqp::protocol_header.substr(7)), ElementsAre(HasSubstr("connection.start ")));
}

TEST(Handshake, tells_a_client_that_understands_that_its_login_was_refused) {
    TestBroker broker;
    TestClient client{broker, {.user = "nobody"}, false};
    EXPECT_THAT(client.log_in(),
                ElementsAre(HasSubstr("connection.start "),
                            "connection.close reply_code=403 reply_text='ACCESS_REFUSED - Login was refused using "
                            "authentication mechanism PLAIN. For details see the broker logfile.' class_id=0 "
                            "method_id=0"));
    client.call(amqp::ConnectionCloseOk{}, 0);
    EXPECT_TRUE(client.session().is_over());
    EXPECT_THAT(client.session().end_reason(), HasSubstr("login of 'nobody' refused"));
}

TEST(Handshake, keeps_a_client_waiting_that_cannot_be_told) {
    TestBroker broker;
    TestClient client{broker, {.user = "nobody", .capabilities = {}}, false};
    EXPECT_THAT(client.log_in(), ElementsAre(HasSubstr("connection.start ")));
    broker.pass(milliseconds{999});
    EXPECT_FALSE(client.session().is_over());
    EXPECT_TRUE(client.session().is_reading_paused());
    broker.pass(milliseconds{1});
    EXPECT_TRUE(client.session().is_over());
}

TEST(Handshake, takes_amqplain) {
    TestBroker broker;
    TestClient client{broker, {}, false};
    client.send_bytes(amqp::protocol_header);
    amqp::ByteBuffer response;
    amqp::write_fields(response, {{"LOGIN", "guest"}, {"PASSWORD", "guest"}});
    EXPECT_THAT(client.call(amqp::ConnectionStartOk{.mechanism = "AMQPLAIN", .response = response}, 0),
                ElementsAre(HasSubstr("connection.tune ")));
}

TEST(Handshake, hangs_up_on_an_unknown_mechanism) {
    TestBroker broker;
    TestClient client{broker, {}, false};
    client.send_bytes(amqp::protocol_header);
    EXPECT_THAT(client.call(amqp::ConnectionStartOk{.mechanism = "NOPE", .response = "x"}, 0), IsEmpty());
    EXPECT_TRUE(client.session().is_over());
}

TEST(Handshake, lets_guest_in_from_this_machine_only) {
    TestBroker broker;
    TestClient client{broker, {.is_loopback = false}, false};
    EXPECT_THAT(client.log_in().back(), HasSubstr("ACCESS_REFUSED"));
    TestClient other{broker, {.user = "limited", .is_loopback = false}, false};
    EXPECT_THAT(other.log_in().back(), HasSubstr("connection.tune"));
}

TEST(Handshake, refuses_unknown_and_forbidden_vhosts) {
    TestBroker broker;
    TestClient missing{broker, {.vhost = "nope"}, false};
    EXPECT_THAT(
        missing.connect(),
        ElementsAre("connection.close reply_code=530 reply_text='NOT_ALLOWED - vhost nope not found' class_id=10 "
                    "method_id=40"));
    TestClient forbidden{broker, {.user = "outsider"}, false};
    EXPECT_THAT(forbidden.connect(),
                ElementsAre("connection.close reply_code=530 reply_text='NOT_ALLOWED - access to vhost \\'/\\' refused "
                            "for user \\'outsider\\'' class_id=10 method_id=40"));
}

TEST(Handshake, refuses_limits_outside_of_its_own) {
    TestBroker broker;
    const auto tuned = [&broker](std::uint16_t channel_max, std::uint32_t frame_max) {
        TestClient client{broker, {.channel_max = channel_max, .frame_max = frame_max}, false};
        return client.connect().front();
    };
    EXPECT_THAT(tuned(2047, 131073),
                HasSubstr("negotiated frame_max = 131073 is higher than the maximum allowed value"));
    EXPECT_THAT(tuned(2047, 4095),
                HasSubstr("negotiated frame_max = 4095 is lower than the minimum allowed value (4096)"));
    EXPECT_THAT(tuned(2047, 0), HasSubstr("frame_max = 0 is higher"));
    EXPECT_THAT(tuned(2048, 131072), HasSubstr("channel_max = 2048 is higher"));
    EXPECT_THAT(tuned(0, 131072), HasSubstr("channel_max = 0 is higher"));
    EXPECT_THAT(tuned(1, 4096), HasSubstr("connection.open-ok"));
}

TEST(Handshake, drops_a_client_that_falls_silent_in_it) {
    TestBroker broker;
    TestClient client{broker, {}, false};
    client.send_bytes(amqp::protocol_header);
    broker.pass(milliseconds{9999});
    EXPECT_FALSE(client.session().is_over());
    broker.pass(milliseconds{1});
    EXPECT_TRUE(client.session().is_over());
}

TEST(Handshake, refuses_methods_out_of_turn) {
    TestBroker broker;
    TestClient client{broker, {}, false};
    client.send_bytes(amqp::protocol_header);
    EXPECT_THAT(
        client.call(amqp::ConnectionOpen{.virtual_host = "/"}, 0),
        ElementsAre("connection.close reply_code=504 reply_text='CHANNEL_ERROR - unexpected method in connection "
                    "state starting' class_id=10 method_id=40"));
}

TEST(Heartbeat, goes_out_at_half_the_interval_and_ends_a_silent_connection_without_a_word) {
    TestBroker broker;
    TestClient client{broker, {.heartbeat_seconds = 2}};
    std::size_t heartbeats = 0;
    for (int half = 0; half < 11; ++half) {
        broker.pass(milliseconds{500});
        heartbeats += client.received().size();
        EXPECT_FALSE(client.session().is_over());
    }
    EXPECT_EQ(heartbeats, 5U);
    broker.pass(milliseconds{500});
    EXPECT_TRUE(client.session().is_over());
    EXPECT_EQ(client.session().end_reason(), "its client missed its heartbeats");
}

TEST(Heartbeat, counts_any_byte_as_a_sign_of_life) {
    TestBroker broker;
    TestClient client{broker, {.heartbeat_seconds = 1}};
    amqp::ByteBuffer heartbeat;
    amqp::FrameWriter{heartbeat}.write_heartbeat();
    for (const char octet : heartbeat.view()) {
        broker.pass(seconds{2});
        client.send_bytes(std::string{octet});
    }
    EXPECT_FALSE(client.session().is_over());
}

TEST(Heartbeat, is_off_when_the_client_says_zero) {
    TestBroker broker;
    TestClient client{broker, {.heartbeat_seconds = 0}};
    broker.pass(seconds{100000});
    EXPECT_THAT(client.received(), IsEmpty());
    EXPECT_FALSE(client.session().is_over());
}

TEST(Connection, closes_on_request) {
    TestBroker broker;
    TestClient client{broker};
    EXPECT_THAT(client.call(amqp::ConnectionClose{.reply_code = 200, .reply_text = "bye"}, 0),
                ElementsAre("connection.close-ok"));
    EXPECT_TRUE(client.session().is_over());
    EXPECT_EQ(client.session().end_reason(), "");
}

TEST(Connection, confirms_a_new_secret) {
    TestBroker broker;
    TestClient client{broker};
    EXPECT_THAT(client.call(amqp::ConnectionUpdateSecret{.new_secret = "s", .reason = "r"}, 0),
                ElementsAre("connection.update-secret-ok"));
}

TEST(Connection, is_dropped_when_the_client_does_not_answer_a_close) {
    TestBroker broker;
    TestClient client{broker};
    broker.broker.shut_down();
    EXPECT_THAT(client.received(),
                ElementsAre("connection.close reply_code=320 reply_text='CONNECTION_FORCED - broker forced connection "
                            "closure with reason \\'shutdown\\'' class_id=0 method_id=0"));
    EXPECT_THAT(client.call(amqp::QueueDeclare{.queue = "q"}), IsEmpty());
    broker.pass(seconds{5});
    EXPECT_TRUE(client.session().is_over());
}

}  // namespace
}  // namespace hiratake::broker::core::test
