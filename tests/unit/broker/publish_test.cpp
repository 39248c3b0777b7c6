#include <gmock/gmock.h>

#include "test_client.hpp"

namespace hiratake::broker::core::test {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

class PublishTest : public testing::Test {
  protected:
    PublishTest() { client.declare({}, "q"); }

    Lines get(std::string_view queue = "q") { return client.call(amqp::BasicGet{.queue = queue, .no_ack = true}); }
    Lines refused(const amqp::Properties& properties) { return TestClient(broker).publish("", "q", "m", properties); }

    TestBroker broker;
    TestClient client{broker};
};

TEST_F(PublishTest, passes_properties_and_bodies_through_untouched) {
    amqp::Properties properties{.content_type = "application/json",
                                .headers = amqp::Table{{"text", "t"},
                                                       {"short", std::int16_t{-3}},
                                                       {"octet", std::uint8_t{200}},
                                                       {"nothing", nullptr},
                                                       {"list", amqp::Array{{1, true, 2.5}}},
                                                       {"bytes", amqp::ByteArray{"\x01\x02"}}},
                                .delivery_mode = std::uint8_t{2},
                                .priority = std::uint8_t{7},
                                .correlation_id = "c",
                                .reply_to = "r",
                                .message_id = "m",
                                .timestamp = amqp::Timestamp{1234},
                                .type = "t",
                                .user_id = "guest",
                                .app_id = "a",
                                .cluster_id = "i"};
    client.publish("", "q", "body", properties);
    amqp::ByteBuffer encoded;
    amqp::encode_properties(encoded, properties, amqp::Letters::exact);
    Queue* queue = broker.broker.find_vhost("/")->find_queue("q");
    const auto entry = queue->fetch(true);
    ASSERT_TRUE(entry);
    EXPECT_EQ(entry->message->encoded_properties(), encoded);
    EXPECT_EQ(entry->message->body(), "body");
}

TEST_F(PublishTest, takes_empty_bodies_and_bodies_of_many_frames) {
    client.publish("", "q", "");
    EXPECT_THAT(get(), ElementsAre("basic.get-ok delivery_tag=1 redelivered=false exchange='' routing_key='q' "
                                   "message_count=0"));
    TestClient narrow{broker, {.frame_max = 4096}};
    const std::string body(20000, 'x');
    narrow.publish("", "q", body);
    EXPECT_THAT(bodies(get()), ElementsAre(body));
}

TEST_F(PublishTest, returns_what_is_mandatory_and_unroutable_before_its_confirm) {
    client.call(amqp::ConfirmSelect{});
    EXPECT_THAT(client.publish("", "nope", "m", {.message_id = "id"}, true),
                ElementsAre("basic.return reply_code=312 reply_text='NO_ROUTE' exchange='' routing_key='nope' | "
                            "message_id='id' | 'm'",
                            "basic.ack delivery_tag=1 multiple=false"));
}

TEST_F(PublishTest, demands_the_exchange_and_a_public_one) {
    EXPECT_THAT(TestClient(broker).publish("nope", "k", "m"),
                ElementsAre("channel.close reply_code=404 reply_text='NOT_FOUND - no exchange \\'nope\\' in vhost "
                            "\\'/\\'' class_id=60 method_id=40"));
    client.call(amqp::ExchangeDeclare{.exchange = "inside", .internal = true});
    EXPECT_THAT(TestClient(broker).publish("inside", "k", "m").front(),
                HasSubstr("ACCESS_REFUSED - cannot publish to internal exchange \\'inside\\' in vhost \\'/\\'"));
}

TEST_F(PublishTest, refuses_immediate) {
    client.write(amqp::BasicPublish{.routing_key = "q", .immediate = true});
    std::string header("\0\x3c\0\0\0\0\0\0\0\0\0\0\0\0", 14);
    std::string frame("\x02\0\x01\0\0\0\x0e", 7);
    client.flush();
    EXPECT_THAT(client.send_bytes(frame + header + amqp::frame_end),
                ElementsAre("connection.close reply_code=540 reply_text='NOT_IMPLEMENTED - immediate=true' class_id=60 "
                            "method_id=40"));
}

TEST_F(PublishTest, checks_the_user_id) {
    EXPECT_THAT(
        refused({.user_id = "bob"}).front(),
        HasSubstr("PRECONDITION_FAILED - user_id property set to \\'bob\\' but authenticated user was \\'guest\\'"));
    EXPECT_THAT(refused({.user_id = "guest"}), IsEmpty());
    EXPECT_THAT(TestClient(broker, {.user = "impersonator"}).publish("", "q", "m", {.user_id = "bob"}), IsEmpty());
}

TEST_F(PublishTest, checks_the_expiration) {
    const auto why = [this](const char* expiration) { return refused({.expiration = expiration}).front(); };
    EXPECT_THAT(why("abc"), HasSubstr("PRECONDITION_FAILED - invalid expiration \\'abc\\': no_integer'"));
    EXPECT_THAT(why(""), HasSubstr("invalid expiration \\'\\': no_integer'"));
    EXPECT_THAT(why("-1"), HasSubstr("invalid expiration \\'-1\\': {value_negative,-1}'"));
    EXPECT_THAT(why("10.5"), HasSubstr("invalid expiration \\'10.5\\': {leftover_string,\".5\"}'"));
    EXPECT_THAT(why("10ms"), HasSubstr("{leftover_string,\"ms\"}'"));
    EXPECT_THAT(why("4294967296"), HasSubstr("{value_too_large,4294967296}'"));
    EXPECT_THAT(why("99999999999999999999"), HasSubstr("{value_too_large,"));
    EXPECT_THAT(refused({.expiration = "0"}), IsEmpty());
    EXPECT_THAT(refused({.expiration = "4294967295"}), IsEmpty());
}

TEST_F(PublishTest, sends_copies_and_hides_blind_ones) {
    client.declare({}, "copy");
    client.declare({}, "blind");
    const amqp::Table headers{{"CC", amqp::Array{{"copy", "q"}}}, {"BCC", amqp::Array{{"blind"}}}, {"h", 1}};
    client.publish("", "q", "m", {.headers = headers});
    for (const char* queue : {"q", "copy", "blind"}) {
        const Lines lines = get(queue);
        EXPECT_THAT(lines.front(), HasSubstr("headers={CC: ['copy', 'q'], h: 1} | 'm'"));
        EXPECT_THAT(get(queue), ElementsAre("basic.get-empty"));
    }
    EXPECT_THAT(refused({.headers = amqp::Table{{"CC", "x"}}}).front(),
                HasSubstr("invalid message: {unacceptable_type_in_header,\"CC\",longstr}"));
    EXPECT_THAT(refused({.headers = amqp::Table{{"BCC", amqp::Array{{5}}}}}).front(),
                HasSubstr("invalid message: {unacceptable_type_in_header,\"BCC\",signedint}"));
}

TEST_F(PublishTest, refuses_bodies_beyond_its_limit) {
    BrokerSettings settings = TestBroker::settings();
    settings.limits.max_message_size = 100;
    TestBroker small{std::move(settings)};
    TestClient publisher{small};
    EXPECT_THAT(publisher.publish("", "q", std::string(101, 'x')).front(),
                HasSubstr("message size 101 is larger than configured max size 100"));
}

TEST_F(PublishTest, ends_the_connection_for_headers_that_cannot_be_read) {
    const auto answer = [this](std::string_view table) {
        TestClient publisher{broker};
        publisher.write(amqp::BasicPublish{.routing_key = "q"});
        publisher.flush();
        std::string header("\0\x3c\0\0\0\0\0\0\0\0\0\0\x20\0\0\0\0", 17);
        header += static_cast<char>(table.size());
        header += table;
        std::string frame("\x02\0\x01\0\0\0", 6);
        frame += static_cast<char>(header.size());
        return publisher.send_bytes(frame + header + amqp::frame_end);
    };
    using namespace std::string_view_literals;
    const auto refusal =
        ElementsAre("connection.close reply_code=541 reply_text='INTERNAL_ERROR' class_id=0 method_id=0");
    EXPECT_THAT(answer("\001k?"sv), refusal);
    EXPECT_THAT(answer("\002CCA\0\0\0\001?"sv), refusal);
    EXPECT_THAT(answer("\003BCCA\0\0\0\001?"sv), refusal);
}

}  // namespace
}  // namespace hiratake::broker::core::test
