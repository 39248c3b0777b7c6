#include <gmock/gmock.h>

#include "test_client.hpp"

namespace hiratake::broker::core::test {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

class TransactionTest : public testing::Test {
  protected:
    TransactionTest() {
        client.declare({}, "q");
        client.publish("", "q", "old");
        EXPECT_THAT(client.call(amqp::TxSelect{}), ElementsAre("tx.select-ok"));
    }
    std::size_t ready() { return broker.broker.find_vhost("/")->find_queue("q")->ready_count(); }

    TestBroker broker;
    TestClient client{broker};
};

TEST_F(TransactionTest, holds_publishes_until_the_commit) {
    client.publish("", "q", "new");
    EXPECT_THAT(client.publish("", "nope", "lost", {}, true), IsEmpty());
    EXPECT_EQ(ready(), 1U);
    EXPECT_THAT(client.call(amqp::TxCommit{}), ElementsAre(HasSubstr("basic.return"), "tx.commit-ok"));
    EXPECT_EQ(ready(), 2U);
    EXPECT_THAT(client.call(amqp::TxCommit{}), ElementsAre("tx.commit-ok"));
    EXPECT_EQ(ready(), 2U);
}

TEST_F(TransactionTest, forgets_publishes_at_a_rollback) {
    client.publish("", "q", "new");
    EXPECT_THAT(client.call(amqp::TxRollback{}), ElementsAre("tx.rollback-ok"));
    client.call(amqp::TxCommit{});
    EXPECT_EQ(ready(), 1U);
}

TEST_F(TransactionTest, holds_settlements_and_gives_them_back_at_a_rollback) {
    client.call(amqp::BasicGet{.queue = "q"});
    client.call(amqp::BasicNack{.delivery_tag = 1, .requeue = true});
    EXPECT_EQ(ready(), 0U);
    client.call(amqp::TxRollback{});
    EXPECT_EQ(ready(), 0U);
    client.call(amqp::BasicNack{.delivery_tag = 1, .requeue = true});
    client.call(amqp::TxCommit{});
    EXPECT_EQ(ready(), 1U);
}

TEST_F(TransactionTest, a_lost_connection_rolls_back) {
    client.call(amqp::BasicGet{.queue = "q"});
    client.call(amqp::BasicAck{.delivery_tag = 1});
    client.publish("", "q", "new");
    client.hang_up();
    EXPECT_EQ(ready(), 1U);
}

TEST_F(TransactionTest, refuses_a_missing_exchange_at_the_publish) {
    EXPECT_THAT(client.publish("nope", "k", "m").front(), HasSubstr("404"));
}

TEST_F(TransactionTest, has_to_be_selected) {
    EXPECT_THAT(TestClient(broker).call(amqp::TxCommit{}),
                ElementsAre("channel.close reply_code=406 reply_text='PRECONDITION_FAILED - channel is not "
                            "transactional' class_id=90 method_id=20"));
    EXPECT_THAT(TestClient(broker).call(amqp::TxRollback{}).front(), HasSubstr("method_id=30"));
}

}  // namespace
}  // namespace hiratake::broker::core::test
