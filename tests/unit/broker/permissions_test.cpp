#include <gmock/gmock.h>

#include "test_client.hpp"

namespace hiratake::broker::core::test {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

class PermissionsTest : public testing::Test {
  protected:
    PermissionsTest() {
        guest.declare({}, "ok.q");
        guest.declare({}, "secret");
        guest.call(amqp::ExchangeDeclare{.exchange = "ok.x", .type = "fanout"});
    }

    /// What the limited user is told.
    template <class Method>
    std::string limited(const Method& method) {
        TestClient client{broker, {.user = "limited"}};
        return client.call(method).front();
    }
    static auto refuses(const std::string& what) {
        return HasSubstr("reply_code=403 reply_text='ACCESS_REFUSED - access to " + what +
                         " in vhost \\'/\\' refused for user \\'limited\\''");
    }

    TestBroker broker;
    TestClient guest{broker};
};

TEST_F(PermissionsTest, guard_declaring_and_deleting) {
    EXPECT_THAT(limited(amqp::QueueDeclare{.queue = "ok.new"}), refuses("queue \\'ok.new\\'"));
    EXPECT_THAT(limited(amqp::QueueDeclare{}), HasSubstr("access to queue \\'amq.gen-"));
    EXPECT_THAT(limited(amqp::ExchangeDeclare{.exchange = "ok.new"}), refuses("exchange \\'ok.new\\'"));
    EXPECT_THAT(limited(amqp::QueueDelete{.queue = "ok.q"}), refuses("queue \\'ok.q\\'"));
    EXPECT_THAT(limited(amqp::ExchangeDelete{.exchange = "ok.x"}), refuses("exchange \\'ok.x\\'"));
    EXPECT_THAT(limited(amqp::QueueDeclare{.queue = "secret", .passive = true}), HasSubstr("queue.declare-ok"));
}

TEST_F(PermissionsTest, guard_reading) {
    EXPECT_THAT(limited(amqp::BasicConsume{.queue = "secret"}), refuses("queue \\'secret\\'"));
    EXPECT_THAT(limited(amqp::BasicGet{.queue = "secret"}), refuses("queue \\'secret\\'"));
    EXPECT_THAT(limited(amqp::QueuePurge{.queue = "secret"}), refuses("queue \\'secret\\'"));
    EXPECT_THAT(limited(amqp::BasicGet{.queue = "ok.q"}), HasSubstr("basic.get-empty"));
}

TEST_F(PermissionsTest, guard_writing) {
    TestClient client{broker, {.user = "limited"}};
    EXPECT_THAT(client.publish("ok.x", "", "m"), IsEmpty());
    EXPECT_THAT(client.publish("amq.direct", "", "m").front(), refuses("exchange \\'amq.direct\\'"));
    TestClient other{broker, {.user = "limited"}};
    EXPECT_THAT(other.publish("", "ok.q", "m").front(), refuses("exchange \\'amq.default\\'"));
}

TEST_F(PermissionsTest, guard_both_ends_of_a_binding) {
    EXPECT_THAT(limited(amqp::QueueBind{.queue = "ok.q", .exchange = "ok.x"}), HasSubstr("queue.bind-ok"));
    EXPECT_THAT(limited(amqp::QueueBind{.queue = "secret", .exchange = "ok.x"}), refuses("queue \\'secret\\'"));
    EXPECT_THAT(limited(amqp::QueueBind{.queue = "ok.q", .exchange = "amq.direct"}),
                refuses("exchange \\'amq.direct\\'"));
    EXPECT_THAT(limited(amqp::ExchangeBind{.destination = "amq.direct", .source = "ok.x"}),
                refuses("exchange \\'amq.direct\\'"));
    EXPECT_THAT(limited(amqp::ExchangeUnbind{.destination = "ok.x", .source = "amq.direct"}),
                refuses("exchange \\'amq.direct\\'"));
}

}  // namespace
}  // namespace hiratake::broker::core::test
