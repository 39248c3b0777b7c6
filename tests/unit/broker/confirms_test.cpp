#include <gmock/gmock.h>

#include "test_client.hpp"

namespace hiratake::broker::core::test {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

class ConfirmsTest : public testing::Test {
  protected:
    ConfirmsTest() { client.call(amqp::ConfirmSelect{}); }

    TestBroker broker;
    TestClient client{broker};
};

TEST_F(ConfirmsTest, may_be_selected_again) {
    EXPECT_THAT(client.call(amqp::ConfirmSelect{}), ElementsAre("confirm.select-ok"));
    EXPECT_THAT(client.publish("", "nope", "m"), ElementsAre("basic.ack delivery_tag=1 multiple=false"));
    EXPECT_THAT(client.publish("", "nope", "m"), ElementsAre("basic.ack delivery_tag=2 multiple=false"));
}

TEST_F(ConfirmsTest, answers_a_burst_at_once) {
    for (int index = 0; index < 50; ++index) client.write_publish("", "nope", "m");
    EXPECT_THAT(client.flush(), ElementsAre("basic.ack delivery_tag=50 multiple=true"));
}

TEST_F(ConfirmsTest, separates_what_was_refused) {
    client.declare({{"x-max-length", 1}, {"x-overflow", "reject-publish"}}, "q");
    for (int index = 0; index < 3; ++index) client.write_publish("", "q", "m");
    EXPECT_THAT(client.flush(), ElementsAre("basic.ack delivery_tag=1 multiple=false",
                                            "basic.nack delivery_tag=2 multiple=false requeue=true",
                                            "basic.nack delivery_tag=3 multiple=false requeue=true"));
}

TEST_F(ConfirmsTest, are_each_channels_own_and_reach_a_closing_channel) {
    client.call(amqp::ChannelOpen{}, 2);
    client.call(amqp::ConfirmSelect{}, 2);
    client.write_publish("", "nope", "m", {}, false, 2);
    client.write_publish("", "nope", "m");
    client.write(amqp::ChannelClose{.reply_code = 200}, 2);
    EXPECT_THAT(client.flush(), ElementsAre("2: basic.ack delivery_tag=1 multiple=false", "2: channel.close-ok",
                                            "basic.ack delivery_tag=1 multiple=false"));
}

TEST_F(ConfirmsTest, exclude_transactions) {
    EXPECT_THAT(client.call(amqp::TxSelect{}).front(), HasSubstr("cannot switch from confirm to tx mode"));
    TestClient other{broker};
    other.call(amqp::TxSelect{});
    EXPECT_THAT(other.call(amqp::ConfirmSelect{}),
                ElementsAre("channel.close reply_code=406 reply_text='PRECONDITION_FAILED - cannot switch from tx to "
                            "confirm mode' class_id=85 method_id=10"));
}

}  // namespace
}  // namespace hiratake::broker::core::test
