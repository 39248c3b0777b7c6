#include "messaging/message_settlement.hpp"

#include <gtest/gtest.h>

#include "hiratake/base/error.hpp"
#include "hiratake/service/service_container.hpp"
#include "support/test_environment.hpp"
#include "unit/messaging/one_connection.hpp"

namespace hiratake::messaging {
namespace {

class MessageSettlementTest : public testing::Test {
  protected:
    MessageSettlementTest() { entrypoint_.options().retry(); }

    std::string refusal(const client::Queue& queue, bool requeue_on_error = false) {
        MessageSettlement settlement;
        try {
            settlement.setup(container_, entrypoint_, {queue.name, {queue}}, {requeue_on_error, "a message"});
            return "none";
        } catch (const ConfigurationError& error) {
            return error.what();
        }
    }

    test::TestEnvironment environment_;
    OneConnection connection_{environment_};
    ServiceDefinition definition_ = [] {
        ServiceDefinition definition;
        definition.name = "depot";
        return definition;
    }();
    ServiceContainer container_{std::move(definition_), environment_.environment};
    Entrypoint entrypoint_{"store"};
};

TEST_F(MessageSettlementTest, retries_on_a_lasting_queue_only) {
    EXPECT_EQ(refusal({.name = "q"}), "none");
    EXPECT_EQ(refusal({.name = "q", .auto_delete = true}).substr(0, 38), "`depot.store` cannot have retry(): its");
    EXPECT_EQ(refusal({.name = "q", .exclusive = true}).substr(0, 38), "`depot.store` cannot have retry(): its");
}

TEST_F(MessageSettlementTest, does_not_both_retry_and_requeue) {
    EXPECT_EQ(refusal({.name = "q"}, true),
              "`depot.store` has both retry() and requeue_on_error; leave one of them out");
}

}  // namespace
}  // namespace hiratake::messaging
